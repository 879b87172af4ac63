/** Prints the findings of a spec check, with their places in the file. */
import { modelTitle } from '../../../schemas/model-title.js';
import type { CheckReport, Issue } from '../../../schemas/received.js';
import { shownIssues } from '../../../schemas/spec/shown-issues.js';
import { count } from './amounts.js';
import { type Colors, paintSeverity } from './colors.js';

/** "shot.json  ok (Transfer 2.5)" and the issues below it. */
export function renderCheck(report: CheckReport, colors: Colors): string[] {
  const head = `${report.file}  ${verdict(report, colors)} ${colors.dim(`(${modelTitle(report.engine)}; NVIDIA ${report.nvidia} it)`)}`;
  return [head, ...renderIssues(report.issues, colors).map((line) => `  ${line}`)];
}

/** "ok", "ok, 1 warning", "2 errors". */
export function verdict(report: CheckReport, colors: Colors): string {
  const shown = shownIssues(report.issues);
  const errors = shown.filter(({ severity }) => severity === 'error').length;
  const warnings = shown.filter(({ severity }) => severity === 'warning').length;
  const warned = warnings === 0 ? [] : [colors.yellow(count(warnings, 'warning'))];
  const result = report.ok ? colors.green('ok') : colors.red(errors === 0 ? 'not ok' : count(errors, 'error'));
  return [result, ...warned].join(', ');
}

/** One issue for each mistake: findings that follow from another one are not shown. */
export function renderIssues(issues: readonly Issue[], colors: Colors): string[] {
  return shownIssues(issues).flatMap((issue) => renderIssue(issue, colors));
}

/** "12:5  error  edge.control_weight must be a number from 0 to 1, not 2" and what to do. */
function renderIssue({ line, column, severity, message, fix }: Issue, colors: Colors): string[] {
  const head = `${colors.dim(`${line}:${column}`)}  ${paintSeverity(colors, severity)}  ${message}`;
  return fix === undefined ? [head] : [head, `      ${colors.dim('fix:')} ${fix}`];
}
