/** Failures of GPUs, their driver and their connections, which no change of a spec can help. */
import type { KnownFailure } from './known-failure.js';

/** Told by CUDA itself, or (no-gpu.ts) by a line of NVML alone. */
export const DRIVER_MISMATCH = {
  code: 'driver_mismatch',
  class: 'host',
  sentence: 'The NVIDIA driver of the host was updated while the old one still runs.',
  remedy: 'Reboot the host, or unload and load its nvidia kernel modules; nothing on its GPUs works before.',
} as const;

export const HARDWARE_FAILURES: readonly KnownFailure[] = [
  {
    code: 'fabric_manager',
    class: 'host',
    pattern: /\berror 802\b|system not yet initialized|cudaErrorSystemNotReady|CUDA_ERROR_SYSTEM_NOT_READY/i,
    sentence: 'The NVSwitch fabric between the GPUs of the host is not up (CUDA error 802).',
    remedy:
      'Start nvidia-fabricmanager there, in exactly the version of the driver ("systemctl status nvidia-fabricmanager"), or reboot the host.',
    source: 'pytorch/pytorch#35710, huggingface/huggingface_hub#4134, NVIDIA/TensorRT-LLM#398',
  },
  {
    ...DRIVER_MISMATCH,
    pattern:
      /nvml error: driver\/library version mismatch|NVMLError_LibRmVersionMismatch|NVML_ERROR_LIB_RM_VERSION_MISMATCH|\berror 803\b|unsupported display driver \/ cuda driver combination|cudaErrorSystemDriverMismatch/i,
    source: 'NVIDIA/nvidia-container-toolkit#394, CompVis/stable-diffusion#439, NVIDIA-NeMo/Speech#9334',
  },
  {
    code: 'gpu_lost',
    class: 'host',
    pattern:
      /fallen off the bus|GPU is lost|Unable to determine the device handle for|NVMLError_GpuIsLost|Xid \([^)\n]{1,40}\): (?:79|119|120|154)\b|GPU requires reset/i,
    sentence: 'A GPU of the host no longer answers.',
    remedy: 'Reboot the host; if it comes back, its power, cooling or slot has to be looked at.',
    source: 'NVIDIA/open-gpu-kernel-modules#888, wilicc/gpu-burn#1, rwth-i6/returnn#1486, JosephKJ/OWOD#81',
  },
  {
    code: 'gpu_ecc',
    class: 'host',
    pattern:
      /uncorrectable ECC|ECC_UNCORRECTABLE|cudaErrorECCUncorrectable|Xid \([^)\n]{1,40}\): (?:48|63|64|92|94|95)\b/i,
    sentence: 'The memory of a GPU of the host is faulty (an ECC error that cannot be corrected).',
    remedy: 'Reboot the host, which takes the bad rows out of use; if it comes back, the GPU has to be replaced.',
    source: 'vllm-project/vllm#5222, sgl-project/sglang#9151, jade-hpc-gpu/jade-hpc-gpu.github.io#194',
  },
  {
    code: 'gpu_taken',
    class: 'host',
    pattern:
      /CUDA-capable device(?:s|\(s\)) (?:are|is\/are) busy or unavailable|cudaErrorDevicesUnavailable|CUDA_ERROR_DEVICE_UNAVAILABLE/,
    sentence: 'A GPU of the host lets no further process use it.',
    remedy:
      'See with nvidia-smi there who has it; a GPU in the mode "E. Process" serves one process only ("nvidia-smi -c DEFAULT" changes that).',
    source: 'pytorch/pytorch#3871, ggml-org/llama.cpp#11841, cositools/cosipy#631',
  },
  {
    code: 'gpu_twice',
    class: 'host',
    pattern: /Duplicate GPU detected|CUDA error: invalid device ordinal|cudaErrorInvalidDevice\b/,
    sentence: 'The run has more processes than GPUs.',
    remedy:
      'Check the GPUs of the host in the configuration against nvidia-smi there; two slices (MIG) of one GPU cannot be one run.',
    source: 'torch/csrc/distributed/c10d/ProcessGroupNCCL.cpp; NCCL init.cc',
  },
];
