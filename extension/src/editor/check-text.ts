/** What the page shows of the daemon's check of a spec. Pure. */
import * as l10n from '@vscode/l10n';
import prettyMilliseconds from 'pretty-ms';
import type { CheckReport, Estimate } from '../../../schemas/received.js';
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

/** "120 frames in 2 chunks · about 22m on one H100 PCIe · $1.10" */
export function costOf(estimate: Estimate): NonNullable<PageState['cost']> {
  const { seconds, dollars, gpu, gpus, source, hint } = estimate;
  const parts = [lengthWords(estimate)];
  if (seconds !== null) {
    const time = prettyMilliseconds(Math.round(seconds) * 1000, { unitCount: 2 });
    parts.push(
      gpus === 1 ? l10n.t('about {0} on one {1}', time, gpu) : l10n.t('about {0} on {1} x {2}', time, gpus, gpu),
    );
  }
  if (dollars !== null && dollars > 0) parts.push(`$${dollars.toFixed(2)}`);
  return { summary: parts.join(' · '), source: hint === null ? source : `${hint} ${source}` };
}

/** A short last chunk takes as much time as a full one. The text says so where the user may not expect it. */
function lengthWords({ chunks, framesPerChunk, frames }: Estimate): string {
  const length = frames === 1 ? l10n.t('1 frame') : l10n.t('{0} frames', frames);
  if (chunks > 1) return l10n.t('{0} in {1} chunks of {2}', length, chunks, framesPerChunk);
  if (frames >= framesPerChunk) return length;
  return l10n.t('{0}, which take the time of one chunk ({1} frames)', length, framesPerChunk);
}
