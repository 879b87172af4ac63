/** What the daemon said about a spec, as the page shows it. Pure. */
import * as l10n from '@vscode/l10n';
import prettyMilliseconds from 'pretty-ms';
import type { CheckReport, Estimate } from '../../../schemas/index.js';
import { shownIssues } from '../../../schemas/spec/shown-issues.js';
import type { Check, PageState } from './form.js';

export function checkOf({ ok, issues: all }: CheckReport): Check {
  const issues = shownIssues(all);
  return { ok, issues, summary: summaryOf(issues) };
}

function summaryOf(issues: CheckReport['issues']): string {
  const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors === 0 && warnings === 0) return l10n.t('The check found nothing wrong.');
  const said = [
    errors === 0 ? '' : errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', errors),
    warnings === 0 ? '' : warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', warnings),
  ];
  return l10n.t('The check found {0}.', said.filter((one) => one !== '').join(', '));
}

/** "5 chunks of 93 frames · about 22m on one H100 PCIe · $1.10" */
export function costOf(estimate: Estimate): NonNullable<PageState['cost']> {
  const { chunks, framesPerChunk, frames, seconds, dollars, gpu, gpus, source, hint } = estimate;
  const length = l10n.t('{0} frames', frames);
  const parts =
    chunks === 1 && framesPerChunk === frames
      ? [length]
      : [
          length,
          chunks === 1
            ? l10n.t('one chunk of {0}', framesPerChunk)
            : l10n.t('{0} chunks of {1}', chunks, framesPerChunk),
        ];
  if (seconds !== null) {
    const time = prettyMilliseconds(Math.round(seconds) * 1000, { unitCount: 2 });
    parts.push(
      gpus === 1 ? l10n.t('about {0} on one {1}', time, gpu) : l10n.t('about {0} on {1} x {2}', time, gpus, gpu),
    );
  }
  if (dollars !== null && dollars > 0) parts.push(`$${dollars.toFixed(2)}`);
  return { summary: parts.join(' · '), source: hint === null ? source : `${hint} ${source}` };
}
