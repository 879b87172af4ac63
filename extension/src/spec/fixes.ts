/** Quick fixes: the repairs that the check offers, and one for all that need no decision. */
import * as l10n from '@vscode/l10n';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Range,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { TextEdit } from '../../../schemas/index.js';
import type { Issue } from '../../../schemas/received.js';
import { shownIssues } from '../../../schemas/spec/shown-issues.js';
import { codeAction } from '../shown/editor.js';
import type { SpecChecks } from './checks.js';
import { editOf, rangeOf } from './ranges.js';

export const FIX_ALL = CodeActionKind.SourceFixAll.append('cosmos');

export class SpecFixes implements CodeActionProvider {
  static readonly kinds = [CodeActionKind.QuickFix, FIX_ALL];

  constructor(private readonly checks: SpecChecks) {}

  provideCodeActions(
    document: TextDocument,
    range: Range,
    { diagnostics, only }: { readonly diagnostics: readonly Diagnostic[]; readonly only?: CodeActionKind | undefined },
  ): CodeAction[] {
    const issues = shownIssues(this.checks.of(document)?.report.issues ?? []);
    const here = issues.filter((issue) => rangeOf(issue).intersection(range) !== undefined);
    const fixes = here.flatMap((issue) => fixesOf(document, issue, diagnostics));
    const safe = safeEdits(issues);
    const wanted = only?.contains(FIX_ALL) ?? (safe.count > 1 && fixes.length > 0);
    return wanted && safe.edits.length > 0 ? [...fixes, fixAll(document, safe.edits)] : fixes;
  }
}

function fixesOf(document: TextDocument, issue: Issue, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const solves = diagnostics.filter((one) => isOf(one, issue));
  const { edits = [], offers = [], fix } = issue;
  const safe = edits.length === 0 ? [] : [action(titleOf(fix), document, edits, solves)];
  for (const one of safe) one.isPreferred = true;
  return [...safe, ...offers.map((offer) => action(titleOf(offer.says), document, offer.edits, solves))];
}

function isOf({ code, range }: Diagnostic, issue: Issue): boolean {
  return typeof code === 'object' && code.value === issue.code && range.isEqual(rangeOf(issue));
}

function titleOf(sentence: string | undefined): string {
  return sentence?.replace(/\.$/, '') ?? l10n.t('Repair this');
}

function action(
  title: string,
  document: TextDocument,
  edits: readonly TextEdit[],
  solves: readonly Diagnostic[],
): CodeAction {
  const made = codeAction(title, CodeActionKind.QuickFix);
  made.diagnostics = [...solves];
  made.edit = workspaceEdit(document, edits);
  return made;
}

function fixAll(document: TextDocument, edits: readonly TextEdit[]): CodeAction {
  const made = codeAction(l10n.t('Repair all that has only one answer'), FIX_ALL);
  made.edit = workspaceEdit(document, edits);
  return made;
}

function workspaceEdit({ uri }: TextDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  const made = new WorkspaceEdit();
  made.set(uri, edits.map(editOf));
  return made;
}

/** If two repairs change the same text, only the first is made. The next check offers the other again. */
function safeEdits(issues: readonly Issue[]): { readonly edits: TextEdit[]; readonly count: number } {
  const taken: TextEdit[] = [];
  let count = 0;
  for (const { edits = [] } of issues) {
    const free = edits.every(
      (edit) => !taken.some((other) => rangeOf(other).intersection(rangeOf(edit)) !== undefined),
    );
    if (edits.length === 0 || !free) continue;
    taken.push(...edits);
    count++;
  }
  return { edits: taken, count };
}
