/** Failures by which the processes of a run are ended from outside, or do not begin. */
import type { KnownFailure } from './known-failure.js';

/** Ended by a signal; torchrun's report about one of its processes is in distributed.ts. */
export const KILLED = {
  code: 'killed',
  class: 'host',
  sentence: 'The run was killed from outside; most often the host ran out of memory.',
  remedy:
    'Free memory of the host, or cut the clip into shorter pieces: every frame of every input is decoded at once.',
} as const;

const STOPPED = {
  code: 'stopped',
  class: 'transient',
  sentence: 'The run was stopped from outside.',
  remedy: 'Retry it; a person or a shutdown of the host ended it.',
} as const;

export const PROCESS_FAILURES: readonly KnownFailure[] = [
  {
    ...KILLED,
    pattern: /^Killed$|\b\d+ Killed\s{2,}/m,
    exitCodes: [137],
    source: 'signal(7): SIGKILL, as a shell tells it',
  },
  {
    ...STOPPED,
    exitCodes: [129, 130, 143],
    source: 'signal(7): SIGHUP, SIGINT, SIGTERM',
  },
  {
    ...STOPPED,
    pattern: /got signal: (?:15|2|1)\b|KeyboardInterrupt|Signal 15 \(SIGTERM\)/,
    isWeak: true,
    source: 'torch/distributed/elastic/multiprocessing/api.py: SignalException',
  },
  {
    code: 'crashed',
    class: 'host',
    pattern:
      /exitcode\s*: -(?:4|6|8|11)\b|Segmentation fault|Fatal Python error|Signal (?:4|6|8|11) \(SIG|Illegal instruction|core dumped/,
    exitCodes: [132, 134, 136, 139],
    isWeak: true,
    sentence: 'The program crashed.',
    remedy: 'Retry it; if it crashes again, rebuild the image on that host.',
    source: 'pytorch/pytorch#175254, huggingface/xet-core#869',
  },
  {
    code: 'not_started',
    class: 'host',
    exitCodes: [125, 126, 127],
    isWeak: true,
    sentence: 'The container could not start the program.',
    remedy: 'Check the image of the engine with "cosmos host test".',
    source: 'docker run: its own exit codes',
  },
];
