/** Failures that show in the files of a run and their sizes, not in its words. */
import type { KnownFailure } from './known-failure.js';

/** What is named in the sentence: the path, as the log gives it. */
export const OUTPUT_GONE: KnownFailure = {
  code: 'output_gone',
  class: 'host',
  isFinal: true,
  sentence: 'The log says that the video was saved as %, and it is not there.',
  remedy:
    'See what empties that folder on the host (a clean-up, a full or unmounted disk, another mount below it), and retry the job then; it is not made again automatically, because it would be paid for twice.',
  source: 'files of the run against "Generated video saved to" and "Saved transfer outputs to"',
};

/** As OUTPUT_GONE, but the file exists. */
export const OUTPUT_EMPTY: KnownFailure = {
  ...OUTPUT_GONE,
  code: 'output_empty',
  sentence: 'The log says that the video was saved as %, and the file is empty.',
  remedy:
    'See whether the disk of the host is full, and retry the job then; it is not made again automatically, because it would be paid for twice.',
};

/** The thing: how much it had said by then. */
export const TALKS_WITHOUT_END: KnownFailure = {
  code: 'talks_without_end',
  class: 'host',
  isFinal: true,
  sentence: 'The run talks without end: it was stopped after % of log.',
  remedy:
    'Read the beginning and the end of the log, which are kept, for what repeats itself, and mend the checkout or the image on that host; it is not retried automatically, because it would be paid for twice.',
  source: 'the size of the log of the run (daemon/run/bounds.ts)',
};

export const OUTPUT_FAILURES: readonly KnownFailure[] = [OUTPUT_GONE, OUTPUT_EMPTY, TALKS_WITHOUT_END];
