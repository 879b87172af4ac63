/** What is wrong with the driver, the image or the checkout of a host. */
import type { KnownFailure } from './known-failure.js';

export const IMAGE_FAILURES: readonly KnownFailure[] = [
  {
    code: 'driver_old',
    class: 'host',
    pattern:
      /driver version is insufficient|NVIDIA driver on your system is too old|unsatisfied condition: cuda|forward compatibility was attempted|unsupported (?:PTX|toolchain)/,
    sentence: 'The NVIDIA driver of the host is too old for the image.',
    remedy: 'Install driver 570.124.06 or later there.',
  },
  {
    code: 'no_gpu',
    class: 'host',
    pattern:
      /No CUDA GPUs are available|no CUDA-capable device|Found no NVIDIA driver|Torch not compiled with CUDA|Failed to initialize NVML|could not select device driver/,
    sentence: 'The container sees no GPU.',
    remedy: 'Check the NVIDIA container toolkit of the host with "cosmos host test".',
  },
  {
    code: 'gpu_unsupported',
    class: 'host',
    pattern: /no kernel image is available|is not compatible with the current PyTorch installation/,
    sentence: 'The image is not built for this GPU.',
    remedy: 'Build it from docker/nightly.Dockerfile (Blackwell), or use another host.',
  },
  {
    code: 'cuda_library', // #151, pull request #152
    class: 'host',
    pattern: /(lib(?:cudart|cudnn|nvrtc|cublas|nccl)[\w.-]*\.so[\w.]*)[^\n]*(?:cannot open shared object|not found)/,
    sentence: 'The image lacks the CUDA library %.',
    remedy: 'Rebuild the image from the Dockerfile of the checkout, and remove the old .venv volume.',
  },
  {
    code: 'checkout_missing',
    class: 'host',
    pattern: /can't open file '[^'\n]*examples\/inference\.py'|No module named '?cosmos_framework/,
    sentence: "NVIDIA's checkout is not at /workspace in the container.",
    remedy: 'Set the checkout of the engine in the configuration of the host.',
  },
  {
    code: 'module_missing', // #36
    class: 'host',
    pattern: /No module named '?([\w.]+)/,
    sentence: 'The image lacks the Python module %.',
    remedy: 'Its packages were not installed: remove the .venv volume and let the container install them again.',
  },
  {
    code: 'versions_mixed',
    class: 'host',
    pattern: /ImportError: ([^\n]{1,200})|undefined symbol: (\w+)/,
    sentence: 'Packages of the image do not fit together (%).',
    remedy: 'Remove the .venv volume, and rebuild the image from the Dockerfile of the checkout.',
  },
  {
    code: 'option_unknown',
    class: 'host',
    pattern: /[Uu]nrecognized (?:or misplaced )?(?:options?|arguments?):? ?([^\n]{0,200})/,
    exitCodes: [2], // tyro, the reader of both command lines
    sentence: "NVIDIA's program on the host does not know an option of the command line.",
    remedy: 'Update the checkout to the version that Cosmos Bridge was made for.',
  },
];
