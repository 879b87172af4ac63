/** The size, time and price of a spec in a few words. Pure. */
import * as l10n from '@vscode/l10n';
import type { CheckReport, Estimate, Issue, WeightOutlook } from '../../../schemas/received.js';
import { shownIssues } from '../../../schemas/spec/shown-issues.js';
import { dollars, dotted, roughDuration } from '../views/words.js';

/** "2 chunks · 9m · $0.44". */
export function costLabel({ chunks, seconds, dollars: price }: Estimate): string {
  const pieces = chunks === 1 ? l10n.t('1 chunk') : l10n.t('{0} chunks', chunks);
  return dotted(pieces, seconds === null ? null : `~${roughDuration(seconds)}`, price === null ? null : dollars(price));
}

/** The source of the numbers, and the cost of another length; one paragraph each. */
export function costTooltip({ frames, gpu, gpus, source, hint }: Estimate): string[] {
  const on = gpus === 1 ? gpu : `${gpus} x ${gpu}`;
  return [l10n.t('{0} frames on {1}.', frames, on), source, hint ?? ''].filter((text) => text !== '');
}

/** Empty if the weight acts as written. */
export function weightLabel({ written, effective }: WeightOutlook): string | undefined {
  if (written !== null && Math.abs(written - effective) < 0.005) return undefined;
  return l10n.t('acts as {0}', number(effective));
}

export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** "2 errors, 1 warning", of the findings that are shown. */
export function verdict({ issues }: CheckReport): string {
  const shown = shownIssues(issues);
  const count = (severity: string) => shown.filter((issue) => issue.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors + warnings === 0) return l10n.t('no problem');
  const words = [
    errors === 0 ? '' : errorCount(errors),
    warnings === 1 ? l10n.t('1 warning') : warnings > 1 ? l10n.t('{0} warnings', warnings) : '',
  ];
  return words.filter((word) => word !== '').join(', ');
}

function errorCount(errors: number): string {
  return errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors);
}

/** Why a spec is not sent, with its first error; `count` is "4 errors". undefined if there is none. */
export function errorsText({ issues }: Pick<CheckReport, 'issues'>) {
  const [first, ...more] = shownIssues(issues).filter(({ severity }) => severity === 'error');
  if (first === undefined) return undefined;
  const count = errorCount(more.length + 1);
  const what = first.fix === undefined ? '' : ` ${first.fix}`;
  const says =
    more.length === 0
      ? l10n.t('{0}: {1} (line {2}).{3}', count, first.message, first.line, what)
      : l10n.t('{0}: the first is: {1} (line {2}).{3}', count, first.message, first.line, what);
  return { first, count, says } satisfies { first: Issue; count: string; says: string };
}
