/** Failures of the driver, the image or the checkout of a host. */
import type { KnownFailure } from './known-failure.js';

const MODULE_MISSING = {
  code: 'module_missing',
  class: 'host',
  sentence: 'The image lacks the Python module %.',
  remedy: 'Its packages were not installed: remove the .venv volume and let the container install them again.',
} as const;

export const IMAGE_FAILURES: readonly KnownFailure[] = [
  {
    code: 'driver_old',
    class: 'host',
    pattern:
      /driver version is insufficient|NVIDIA driver on your system is too old|unsatisfied condition: cuda|forward compatibility was attempted|\berror 804\b|unsupported (?:PTX|toolchain)/i,
    sentence: 'The NVIDIA driver of the host is too old for the image.',
    remedy: 'Install driver 570.124.06 or later there.',
    source: 'gpustack/gpustack#1254, NVIDIA-NeMo/Speech#9268, Haidra-Org/horde-worker-reGen#349',
  },
  {
    code: 'image_cpu_only',
    class: 'host',
    pattern: /Torch not compiled with CUDA/,
    sentence: 'The image holds a PyTorch that cannot use a GPU.',
    remedy: 'Rebuild it from the Dockerfile of the checkout, and remove the old .venv volume.',
    source: 'torch/cuda/__init__.py: _lazy_init',
  },
  {
    code: 'architecture',
    class: 'host',
    pattern: /[Ee]xec format error/,
    sentence: 'The image is built for another kind of processor than the host has (Arm or x86-64).',
    remedy: 'Build it on that host, or for its platform ("docker build --platform").',
    source: 'NVIDIA/nvidia-docker#1116, FoldingAtHome/containers#11',
  },
  {
    code: 'gpu_unsupported',
    class: 'host',
    pattern:
      /no kernel image is available|is not compatible with the current PyTorch installation|only supports Ampere GPUs or newer/,
    sentence: 'The image is not built for this GPU.',
    remedy: 'Build it from docker/nightly.Dockerfile (Blackwell), or use another host.',
    source: 'HybridRobotics/berkeley-humanoid-lite#49, NVIDIA/personaplex#2',
  },
  {
    code: 'cuda_library',
    class: 'host',
    pattern:
      /(lib(?:cudart|cudnn|nvrtc|cublas|nccl|cufft|cusparse|nvJitLink)[\w.-]{0,40}\.so[\w.]*)[^\n]{0,200}(?:cannot open shared object|not found)/,
    sentence: 'The image lacks the CUDA library %.',
    remedy: 'Rebuild the image from the Dockerfile of the checkout, and remove the old .venv volume.',
    source: 'nvidia-cosmos/cosmos-transfer2.5#151, vllm-project/vllm#52300',
  },
  {
    code: 'checkout_missing',
    class: 'host',
    pattern: /can't open file '[^'\n]*examples\/inference\.py'|No module named '?cosmos_framework/,
    sentence: "NVIDIA's checkout is not at /workspace in the container.",
    remedy: 'Set the checkout of the engine in the configuration of the host.',
    source: 'CPython: what it says of a script or module that is not there',
  },
  {
    ...MODULE_MISSING,
    pattern: /ModuleNotFoundError: No module named '?([\w.]+)/,
    source: 'nvidia-cosmos/cosmos-transfer2.5#36',
  },
  {
    ...MODULE_MISSING,
    pattern: /No module named '?([\w.]+)/,
    isWeak: true,
    source: 'CPython: "python -m" of a module that is not there',
  },
  {
    code: 'versions_mixed',
    class: 'host',
    pattern:
      /ImportError: ([^\n]{1,200})|undefined symbol: (\w+)|version `(GLIBC(?:XX)?_[\d.]+)' not found|AttributeError: (module '[\w.]+' has no attribute '\w+')|VersionConflict: ([^\n]{1,200})/,
    sentence: 'Packages of the image do not fit together (%).',
    remedy: 'Remove the .venv volume, and rebuild the image from the Dockerfile of the checkout.',
    source: 'Dao-AILab/flash-attention#975, #1762',
  },
  {
    code: 'option_unknown',
    class: 'host',
    pattern: /[Uu]nrecognized (?:or misplaced )?(?:options?|arguments?):? ?([^\n]{0,200})/,
    exitCodes: [2],
    sentence: "NVIDIA's program on the host does not know an option of the command line.",
    remedy: 'Update the checkout to the version that Cosmos Bridge was made for.',
    source: 'tyro, the reader of both command lines',
  },
];
