/** Failures between the processes of a run on several GPUs, mostly because one of them died. */
import type { KnownFailure } from './known-failure.js';
import { KILLED } from './process.js';

export const DISTRIBUTED_FAILURES: readonly KnownFailure[] = [
  {
    code: 'port_busy',
    class: 'transient',
    pattern: /EADDRINUSE|address already in use|server socket has failed to (?:listen|bind)/i,
    sentence: 'The port over which the GPUs of the run meet was taken.',
    remedy: 'It is tried again with another one.',
    source: 'om-ai-lab/VLM-R1#289, meta-pytorch/torchtune#1025, vllm-project/vllm#39015',
  },
  {
    code: 'gpu_fault',
    class: 'host',
    pattern:
      /(illegal memory access|unspecified launch failure|misaligned address|device-side assert triggered|launch timed out and was terminated)|(?:CUDA|Triton) [Ee]rror(?: \[CUDA\])?: ([^\n]{1,120})|CUDA driver error: ([^\n]{1,120})|Cuda failure(?: \d+)? '([^'\n]{1,120})'|((?:CUDNN|CUBLAS|CUFFT|CUSOLVER)_STATUS_\w{1,60})|(Xid \([^)\n]{1,40}\): \d+[^\n]{0,60})/,
    sentence: 'A GPU of the host failed while it worked (%).',
    remedy: 'Look at nvidia-smi and the kernel log there; a restart of the host may be needed.',
    source: 'open-mmlab/mmdetection#2342, hkchengrex/STCN#21, PKU-YuanGroup/Open-Sora-Plan#386',
  },
  {
    code: 'rendezvous',
    class: 'host',
    pattern:
      /Timed out after \d+ seconds waiting for (?:clients|workers)|client socket has timed out|RendezvousTimeoutError|RendezvousConnectionError|RendezvousClosedError/,
    isWeak: true,
    sentence: 'The processes of the run did not find each other.',
    remedy: 'Retry it on one GPU; if that works, see whether a firewall of the host closes its own ports.',
    source: 'Liuziyu77/Visual-RFT#123, nvidia-cosmos/cosmos-rl#681, meta-pytorch/torchtune#2676',
  },
  {
    ...KILLED,
    pattern:
      /exitcode\s*: -9\b|failed \(exitcode: -9\)|Signal 9 \(SIGKILL\)|DataLoader worker \(pid[^\n]{0,60} exited unexpectedly/,
    isWeak: true,
    source: 'stepfun-ai/Step-Video-T2V#29, hpcaitech/ColossalAI#3514, apple/ml-recurrent-drafter#5',
  },
  {
    code: 'nccl',
    class: 'host',
    pattern:
      /NCCL error|NCCL Error \d|NCCL WARN|nccl(?:System|Internal|UnhandledCuda|Remote)Error|DistBackendError|Watchdog caught collective operation timeout|A different GPU rank failed|DistNetworkError|DistStoreError|gloo[^\n]{0,200}(?:Connection (?:closed|reset) by peer|Timed out)/,
    isWeak: true,
    sentence: 'The GPUs of the run lost each other (NCCL).',
    remedy: 'Retry it on one GPU; if that works, check how the GPUs of the host are connected.',
    source: 'hiyouga/LlamaFactory#7396, NVIDIA/nccl#2076, pytorch/pytorch#149984, tatsu-lab/stanford_alpaca#207',
  },
];
