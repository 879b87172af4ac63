import { ViewColumn, window, workspace } from 'vscode';
import type { SpecChecks } from '../spec/checks.js';
import { planText } from '../spec/plan-text.js';
import type { Handler } from './register.js';
import { specDocument } from './spec-document.js';
import { readySpec } from './spec-ready.js';

/** Shows what sending the spec would do, beside it. Nothing is queued. */
export function specDryRun(checks: SpecChecks): Handler {
  return async ({ link }, ...args) => {
    const { document, report } = await readySpec(checks, await specDocument(args));
    const options = { engine: report.engine };
    const { plans } = await link.call('job.plan', { targets: [document.uri.fsPath], options });
    const content = plans.map(planText).join('\n');
    const page = await workspace.openTextDocument({ language: 'markdown', content });
    await window.showTextDocument(page, { viewColumn: ViewColumn.Beside, preview: true });
  };
}
