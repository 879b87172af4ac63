/** How far the clock of the host is from ours. */
import type { HostCheck } from '../../../schemas/index.js';
import { runChecked } from '../shell/checked.js';
import { fine, problem } from './catalogue.js';
import type { ProbeContext } from './context.js';

/** Seconds of difference that do no harm: NVIDIA's logs and the certificates of downloads have no finer time. */
const TOLERANCE = 10;

export async function checkClock({ remote, clock }: ProbeContext): Promise<HostCheck[]> {
  const before = clock.now();
  const theirs = Number((await runChecked(remote, 'date +%s', [])).toString());
  const ours = (before + clock.now()) / 2 / 1000;
  // The host read its clock between our two readings, and `date` drops the fraction: half a second is the best guess.
  const seconds = Math.round(theirs + 0.5 - ours);
  const subject = { check: 'clock' } as const;
  if (Math.abs(seconds) > TOLERANCE) return [problem(subject, 'clock_skewed', { seconds })];
  return [fine(subject, 'The clocks agree.', { seconds })];
}
