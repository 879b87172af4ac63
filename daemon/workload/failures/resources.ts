/** Failures for want of memory, disk space or open files. */
import type { KnownFailure } from './known-failure.js';

const LESS_MEMORY =
  'Free memory of the host, or cut the clip into shorter pieces: every frame of every input is decoded at once.';

export const RESOURCE_FAILURES: readonly KnownFailure[] = [
  {
    code: 'gpu_memory',
    class: 'host',
    pattern:
      /CUDA out of memory|Triton Error \[CUDA\]: out of memory|\bOutOfMemoryError|CUDA (?:driver )?error: out of memory|Cuda failure(?: \d+)? '?out of memory|Failed to CUDA calloc|CUBLAS_STATUS_ALLOC_FAILED|CUDNN_STATUS_ALLOC_FAILED|cudaErrorMemoryAllocation|CUDA_ERROR_OUT_OF_MEMORY/,
    sentence: 'The GPU ran out of memory.',
    remedy:
      'Transfer 2.5 needs 65.4 GB free on every GPU, and more GPUs do not lower that: end what else runs there, move the safety filter to the processor (guardrails = "offload"), or use a larger GPU.',
    source: 'nvidia-cosmos/cosmos-transfer2.5#92, #147, #47; inside NCCL: NVIDIA/nccl#1235, rwth-i6/returnn#1626',
  },
  {
    code: 'gpu_memory_likely',
    class: 'host',
    pattern: /(CUDNN_STATUS_NOT_INITIALIZED|CUBLAS_STATUS_NOT_INITIALIZED|CUSOLVER_STATUS_NOT_INITIALIZED)/,
    sentence: 'A CUDA library could not start (%), as it does when the GPU has no memory left for it.',
    remedy: 'End what else runs on that GPU; if nothing does, reboot the host.',
    source: 'haotian-liu/LLaVA#392, EleutherAI/lm-evaluation-harness#1689, karpathy/llama2.c#279',
  },
  {
    code: 'shared_memory',
    class: 'host',
    pattern:
      /(?<!PCIe )\bbus error|insufficient shared memory|\/dev\/shm[^\n]{0,200}No space left|unable to (?:open|write to|resize|mmap)[^\n]{0,40} shared memory|Error while creating shared memory segment|failed to extend \/dev\/shm|Signal 7 \(SIGBUS\)|exitcode\s*: -7\b/i,
    exitCodes: [135],
    sentence: 'The container has too little shared memory.',
    remedy: 'Let it use that of the host: ipc = "host" in the configuration of the engine (--ipc=host of Docker).',
    source: 'open-mmlab/mmsegmentation#1356, pytorch/pytorch#5040, NVIDIA/nccl-tests#166',
  },
  {
    code: 'host_memory',
    class: 'host',
    pattern:
      /\b(?:_Array)?MemoryError\b|Cannot allocate memory|can't allocate memory|DefaultCPUAllocator: not enough memory|\[Errno 12\]|oom-kill|Memory cgroup out of memory|DataLoader worker \(pid[^)\n]{0,20}\) is killed by signal: Killed/,
    sentence: 'The host ran out of memory.',
    remedy: LESS_MEMORY,
    source: 'ru1ven/KeypointFusion#3, IvanoLauriola/MKLpy#27, xaviviro/refacer#75',
  },
  {
    code: 'files_open',
    class: 'host',
    pattern: /Too many open files/,
    sentence: 'The container may not open as many files as the program needs.',
    remedy: 'Raise the limit of the host ("default-ulimits": {"nofile": ...} in /etc/docker/daemon.json).',
    source: 'zju3dv/NeuralRecon#91, kuleshov-group/caduceus#58',
  },
  {
    code: 'processes',
    class: 'host',
    pattern: /can't start new thread|pthread_create failed|fork: (?:retry: )?Resource temporarily unavailable/,
    sentence: 'The container may not start as many threads as the program needs.',
    remedy: 'Raise the limit of processes of the user or of Docker (pids-limit) on the host.',
    source: 'CPython threading.py; OpenBLAS blas_server.c',
  },
  {
    code: 'disk_quota',
    class: 'host',
    pattern: /(?:\[Errno 122\] )?Disk quota exceeded(?:: '([^'\n]{1,300})')?|\[Errno 122\]/,
    sentence: 'The user of the host has used up its disk quota{ (%)}.',
    remedy: 'Free some space there or have the quota raised; checkpoints alone take up to 150 GB at the first run.',
    source: 'ayaanzhaque/instruct-nerf2nerf#86, KennthShang/HostG#7',
  },
  {
    code: 'disk_full',
    class: 'host',
    pattern:
      /(?:\[Errno 28\] )?No space left on device(?:: '([^'\n]{1,300})')?|\[Errno 28\]|Not enough free disk space to download/,
    sentence: 'The disk of the host is full{ (%)}.',
    remedy: 'Free some space there; checkpoints alone take up to 150 GB at the first run.',
    source: 'kijai/ComfyUI-Geowizard#10',
  },
  {
    code: 'read_only',
    class: 'host',
    pattern: /(?:\[Errno 30\] )?Read-only file system(?:: '([^'\n]{1,300})')?|\[Errno 30\]/,
    sentence: 'The container may not write where it has to{: % is on a read-only file system}.',
    remedy: 'Mount the caches of the engine writable; a disk that turned read-only by itself is failing.',
    source: 'Comfy-Org/ComfyUI#5660, huggingface/huggingface_hub#2797',
  },
  {
    code: 'permission',
    class: 'host',
    pattern: /(?:PermissionError|\[Errno 13\])[^\n]{0,200}?'([^'\n]+)'|Permission denied: '([^'\n]+)'/,
    sentence: 'The container may not write to %.',
    remedy: 'Give its user access to that folder on the host.',
    source: 'h2oai/h2ogpt#729',
  },
  {
    code: 'storage',
    class: 'host',
    pattern:
      /\[Errno 5\] Input\/output error|Stale (?:NFS )?file handle|Transport endpoint is not connected|\[Errno (?:107|116)\]/,
    sentence: 'The storage of the host failed.',
    remedy: 'Look at its disks and network mounts ("dmesg", "df").',
    source: 'errno(3): EIO, ESTALE, ENOTCONN',
  },
  {
    code: 'input_missing',
    class: 'host',
    pattern: /No such file or directory: '([^'\n]{0,300}\/specs\/[^'\n]{1,200})'/,
    sentence: 'A file of the job is no longer on the host (%).',
    remedy: 'Retry the job, which copies it again; see whether something cleans up there.',
    source: 'what a run folder holds (specs/)',
  },
];
