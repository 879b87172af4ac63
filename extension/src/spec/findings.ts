/** Shows the findings of the check as problems of the editor. */
import { type Diagnostic, DiagnosticSeverity, type Disposable, languages } from 'vscode';
import type { Issue } from '../../../schemas/received.js';
import { shownIssues } from '../../../schemas/spec/shown-issues.js';
import { entryOf } from '../../../schemas/unknown-name.js';
import { diagnostic } from '../shown/editor.js';
import type { SpecChecks } from './checks.js';
import { rangeOf } from './ranges.js';
import { ruleUri } from './rule-pages.js';

const SEVERITIES: Readonly<Record<string, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

export function showFindings(checks: SpecChecks): Disposable[] {
  const shown = languages.createDiagnosticCollection('cosmos');
  const listening = checks.onDidChange((document) => {
    const report = checks.latest(document)?.report;
    shown.set(document.uri, report && shownIssues(report.issues).map((issue) => diagnosticOf(issue, report.engine)));
  });
  return [shown, listening];
}

function diagnosticOf(issue: Issue, engine: string): Diagnostic {
  const message = issue.fix === undefined ? `${issue.message}.` : `${issue.message}.\n${issue.fix}`;
  return diagnostic(rangeOf(issue), message, entryOf(SEVERITIES, issue.severity) ?? DiagnosticSeverity.Warning, {
    source: issue.source === 'nvidia' ? 'NVIDIA' : 'Cosmos',
    code: { value: issue.code, target: ruleUri(issue, engine) },
  });
}
