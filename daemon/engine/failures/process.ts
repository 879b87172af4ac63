/** What ends the processes of a run: each other, or somebody outside. */
import type { KnownFailure } from './known-failure.js';

export const PROCESS_FAILURES: readonly KnownFailure[] = [
  {
    code: 'port_busy',
    class: 'transient',
    pattern: /EADDRINUSE|[Aa]ddress already in use|server socket has failed to (?:listen|bind)/,
    sentence: 'The port over which the GPUs of the run meet was taken.',
    remedy: 'It is tried again with another one.',
  },
  {
    code: 'gpu_fault',
    class: 'host',
    pattern:
      /uncorrectable ECC|illegal memory access|unspecified launch failure|device-side assert|fallen off the bus|CUDA error: ([^\n]{1,120})/,
    sentence: 'A GPU of the host failed while it worked.',
    remedy: 'Look at nvidia-smi and the kernel log there; a restart of the host may be needed.',
  },
  {
    code: 'nccl',
    class: 'host',
    pattern:
      /NCCL error|nccl(?:System|Internal|UnhandledCuda|Remote)Error|Watchdog caught collective operation timeout/,
    sentence: 'The GPUs of the run lost each other (NCCL).',
    remedy: 'Retry it on one GPU; if that works, check how the GPUs of the host are connected.',
  },
  {
    code: 'killed',
    class: 'host',
    pattern: /exitcode\s*: -9\b|Signal 9 \(SIGKILL\)|oom-kill|^Killed$/m,
    exitCodes: [137],
    sentence: 'The run was killed from outside; most often the host ran out of memory.',
    remedy:
      'Free memory of the host, or cut the clip into shorter pieces: every frame of every input is decoded at once.',
  },
  {
    code: 'crashed',
    class: 'host',
    pattern: /exitcode\s*: -(?:6|7|11)\b|Segmentation fault|Signal (?:6|7|11) \(SIG/,
    exitCodes: [134, 135, 139],
    sentence: 'The program crashed.',
    remedy: 'Retry it; if it crashes again, rebuild the image on that host.',
  },
  {
    code: 'stopped',
    class: 'transient',
    pattern: /got signal: (?:15|2|1)\b|KeyboardInterrupt/,
    exitCodes: [129, 130, 143],
    sentence: 'The run was stopped from outside.',
    remedy: 'Retry it; somebody or a shutdown of the host ended it.',
  },
  {
    code: 'not_started',
    class: 'host',
    exitCodes: [125, 126, 127],
    sentence: 'The container could not start the program.',
    remedy: 'Check the image of the engine with "cosmos host test".',
  },
];
