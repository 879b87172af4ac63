/** The question before running work is thrown away. */
import * as l10n from '@vscode/l10n';
import type { Job, Run } from '../../../schemas/received.js';
import type { Question } from '../shown/messages.js';
import { costOfJob } from '../views/cost.js';
import { dollars } from '../views/words.js';

/**
 * undefined if none of the jobs runs yet, because cancelling them loses nothing.
 * @param now milliseconds since 1970
 */
export function cancelQuestion(
  jobs: readonly Job[],
  runs: ReadonlyMap<string, Run>,
  now: number,
): Question | undefined {
  const running = jobs.filter(({ state }) => state === 'staged' || state === 'running' || state === 'collecting');
  const [only] = running;
  if (only === undefined) return undefined;
  const message =
    running.length === 1 ? l10n.t('Stop {0}?', only.name) : l10n.t('Stop {0} running jobs?', running.length);
  return { message, details: [`${spent(running, runs, now)} ${l10n.t('What it has computed is lost.')}`] };
}

function spent(jobs: readonly Job[], runs: ReadonlyMap<string, Run>, now: number): string {
  const costs = jobs.map(({ run }) => {
    const its = run === null ? undefined : runs.get(run);
    return its === undefined ? 0 : costOfJob(its, now);
  });
  const sum = costs.reduce((a, b) => a + b, 0);
  return sum === 0 ? l10n.t('It has cost no money so far.') : l10n.t('{0} are spent on it so far.', dollars(sum));
}
