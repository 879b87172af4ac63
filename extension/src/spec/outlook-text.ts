/** What a spec comes to, in a few words. Pure. */
import * as l10n from '@vscode/l10n';
import type { CheckReport, Estimate, WeightOutlook } from '../../../schemas/index.js';
import { dollars, dotted, roughDuration } from '../views/words.js';

/** "2 chunks · 9m · $0.44". */
export function costLabel({ chunks, seconds, dollars: price }: Estimate): string {
  const pieces = chunks === 1 ? l10n.t('1 chunk') : l10n.t('{0} chunks', chunks);
  return dotted(pieces, seconds === null ? null : `~${roughDuration(seconds)}`, price === null ? null : dollars(price));
}

/** Where the numbers come from, and what another length would cost: a paragraph each. */
export function costTooltip({ frames, gpu, gpus, source, hint }: Estimate): string[] {
  const on = gpus === 1 ? gpu : `${gpus} x ${gpu}`;
  return [l10n.t('{0} frames on {1}.', frames, on), source, hint ?? ''].filter((text) => text !== '');
}

/** Nothing where a weight acts as it is written. */
export function weightLabel({ written, effective }: WeightOutlook): string | undefined {
  if (written !== null && Math.abs(written - effective) < 0.005) return undefined;
  return l10n.t('acts as {0}', number(effective));
}

export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** "2 errors, 1 warning". */
export function verdict({ issues }: CheckReport): string {
  const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors + warnings === 0) return l10n.t('no problem');
  const words = [
    errors === 1 ? l10n.t('1 error') : errors > 1 ? l10n.t('{0} errors', errors) : '',
    warnings === 1 ? l10n.t('1 warning') : warnings > 1 ? l10n.t('{0} warnings', warnings) : '',
  ];
  return words.filter((word) => word !== '').join(', ');
}
