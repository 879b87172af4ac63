/** How far the clock of the host is from ours. */
import type { HostCheck } from '../../../schemas/index.js';
import { runChecked } from '../remote-run/checked.js';
import { fine, problem } from './catalogue.js';
import type { ProbeContext } from './context.js';

/** Seconds that do no harm: NVIDIA's logs have no finer time, and certificates of downloads none either. */
const TOLERANCE = 10;

export async function checkClock({ remote, clock }: ProbeContext): Promise<HostCheck[]> {
  const before = clock.now();
  const theirs = Number((await runChecked(remote, 'date +%s', [])).toString()) * 1000;
  const after = clock.now();
  const seconds = Math.round(distance(theirs, before, after) / 1000);
  const subject = { check: 'clock' } as const;
  if (Math.abs(seconds) > TOLERANCE) return [problem(subject, 'clock_skewed', { seconds })];
  return [fine(subject, 'The clocks agree.', { seconds })];
}

/** Milliseconds from the moments between which the host was asked; `date` cuts off up to a second. */
function distance(theirs: number, before: number, after: number): number {
  if (theirs > after) return theirs - after;
  return theirs + 1000 < before ? theirs + 1000 - before : 0;
}
