/** The question before money is spent: what would run, on which host, for how long and at what cost. */
import * as l10n from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Estimate, Plan } from '../../../schemas/received.js';
import type { Question } from '../shown/messages.js';
import { dollars, dotted, roughDuration } from '../views/words.js';

/** Number of jobs that are listed by name; beyond it, only a count is shown. */
const LISTED = 8;

/** @param pricePerHour dollars an hour of the dearest host that may run it */
export function sendQuestion(plans: readonly Plan[], pricePerHour: number): Question {
  const costs = plans.map(({ estimate }) => estimate?.dollars ?? null);
  const known = costs.every((cost) => cost !== null);
  const sum = costs.reduce<number>((total, cost) => total + (cost ?? 0), 0);
  const [only] = plans;
  const what = plans.length === 1 && only !== undefined ? only.name : l10n.t('{0} jobs', plans.length);
  const message = known ? l10n.t('Send {0} for about {1}?', what, dollars(sum)) : l10n.t('Send {0}?', what);
  const lines = plans.slice(0, LISTED).flatMap(linesOf);
  if (plans.length > LISTED) lines.push(l10n.t('and {0} more', plans.length - LISTED));
  lines.push(
    l10n.t('The host costs {0} an hour. Loading the model and sending files come on top.', dollars(pricePerHour)),
  );
  return { message, details: lines };
}

function linesOf({ name, engine, host, bytes, estimate, check }: Plan): string[] {
  const warnings = check.issues.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
  const facts = dotted(name, modelTitle(engine), host, prettyBytes(bytes), estimate && cost(estimate));
  return [facts, ...warnings.map((warning) => `⚠ ${warning}`)];
}

function cost({ chunks, seconds, dollars: money, hint }: Estimate): string {
  const count = chunks === 1 ? l10n.t('1 chunk') : l10n.t('{0} chunks', chunks);
  return dotted(
    count,
    seconds !== null && `≈ ${roughDuration(seconds)}`,
    money !== null && `≈ ${dollars(money)}`,
    hint,
  );
}
