/** The program finds no GPU. This entry is the last one, because good runs print warnings that look like it. */
import { DRIVER_MISMATCH } from './hardware.js';
import type { KnownFailure } from './known-failure.js';

const NO_GPU = {
  code: 'no_gpu',
  class: 'host',
  sentence: 'The container sees no GPU.',
  remedy: 'Check the NVIDIA container toolkit of the host with "cosmos host test".',
} as const;

export const NO_GPU_FAILURES: readonly KnownFailure[] = [
  {
    ...DRIVER_MISMATCH,
    pattern: /Failed to initialize NVML: Driver\/library version mismatch/i,
    isWeak: true,
    source: 'NVIDIA/nvidia-docker#1168, k4yt3x/video2x#1226, tinygrad/open-gpu-kernel-modules#47',
  },
  {
    code: 'gpu_detached',
    class: 'host',
    pattern: /Failed to initialize NVML: Unknown Error/,
    isWeak: true,
    sentence: 'The container lost its GPUs while it ran: systemd of the host was reloaded.',
    remedy:
      'Retry it; for good, let Docker there manage cgroups itself (native.cgroupdriver=cgroupfs), or give /dev/char its links ("nvidia-ctk system create-dev-char-symlinks").',
    source: 'NVIDIA/nvidia-container-toolkit#48, #251',
  },
  {
    code: 'driver_not_loaded',
    class: 'host',
    pattern:
      /couldn't communicate with the NVIDIA driver|NVMLError_DriverNotLoaded|NVML: Driver Not Loaded|libnvidia-ml\.so\.1: cannot open shared object|CUDA unknown error - this may be due to/,
    sentence: 'The NVIDIA driver of the host is not loaded.',
    remedy: 'Run nvidia-smi there; install the driver or reboot the host until that lists the GPUs.',
    source: 'n8n-io/self-hosted-ai-starter-kit#11, docker/for-win#13835',
  },
  {
    ...NO_GPU,
    pattern:
      /No CUDA GPUs are available|you might not have a CUDA gpu|no CUDA-capable device|Found no NVIDIA driver|could not select device driver/,
    source: 'AlexeyAB/darknet#86; torch/cuda/__init__.py',
  },
  {
    ...NO_GPU,
    pattern: /Failed to initialize NVML|NVIDIA Driver was not detected/,
    isWeak: true,
    source: 'the banner of NVIDIA containers (nvcr.io/nvidia/pytorch)',
  },
];
