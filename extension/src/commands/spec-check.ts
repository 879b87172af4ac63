/** Checks a spec now and shows what was found. */
import { commands } from 'vscode';
import type { SpecChecks } from '../spec/checks.js';
import type { Handler } from './register.js';
import { specDocument } from './spec-document.js';

export function specCheck(checks: SpecChecks): Handler {
  return async (_, ...args) => {
    const { report } = await checks.check(await specDocument(args));
    if (report.issues.length > 0) await commands.executeCommand('workbench.actions.view.problems');
  };
}
