import { ViewColumn, window, workspace } from 'vscode';
import { planText } from '../spec/plan-text.js';
import type { Handler } from './register.js';
import { saved, specDocument } from './spec-document.js';

/** Shows what sending the spec would do, beside it. Nothing is queued. */
export const specDryRun: Handler = async ({ link }, ...args) => {
  const { uri } = await saved(await specDocument(args));
  const { report } = await link.call('spec.check', { file: uri.fsPath });
  const { plans } = await link.call('job.plan', { targets: [uri.fsPath], options: { engine: report.engine } });
  const document = await workspace.openTextDocument({ language: 'markdown', content: plans.map(planText).join('\n') });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
};
