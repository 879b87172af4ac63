/** Everything that is drawn in and around a text editor. */
import * as vscode from 'vscode';
import { iconless, inert, plain, plainLines } from './inert.js';
import type { Markdown } from './markdown.js';

/** Untrusted Markdown, in which no command can be linked; icons and HTML are off, so both are shown as text. */
export function markdownString({ text }: Markdown): vscode.MarkdownString {
  const made = new vscode.MarkdownString(text, false);
  made.isTrusted = false;
  made.supportHtml = false;
  return made;
}

export function hover(pieces: readonly Markdown[], range: vscode.Range): vscode.Hover {
  return new vscode.Hover(pieces.map(markdownString), range);
}

/** @param icon a codicon before the title, followed by a space that VS Code keeps. */
export function lens(range: vscode.Range, icon: string, title: string, command: string, ...args: unknown[]) {
  const shown = `$(${icon})\u00a0${iconless(title, 200)}`;
  return new vscode.CodeLens(range, { title: shown, command, arguments: args });
}

export function hint(at: vscode.Position, label: string, tooltip: Markdown): vscode.InlayHint {
  const made = new vscode.InlayHint(at, plain(label, 100));
  made.paddingLeft = true;
  made.tooltip = markdownString(tooltip);
  return made;
}

export function diagnostic(
  range: vscode.Range,
  message: string,
  severity: vscode.DiagnosticSeverity,
  from: Pick<vscode.Diagnostic, 'source' | 'code'>,
): vscode.Diagnostic {
  return Object.assign(new vscode.Diagnostic(range, plainLines(message), severity), from);
}

export function codeAction(title: string, kind: vscode.CodeActionKind): vscode.CodeAction {
  return new vscode.CodeAction(plain(title), kind);
}

export interface Completion {
  readonly label: string;
  readonly kind: vscode.CompletionItemKind;
  /** The text by which the completion is found, and which is inserted if there is no snippet. It is not changed. */
  readonly text: string;
  readonly snippet?: vscode.SnippetString;
  /** The range that is replaced. */
  readonly range: vscode.Range;
  readonly explains?: Markdown;
}

export function completion({ label, kind, text, snippet, range, explains }: Completion): vscode.CompletionItem {
  const made = new vscode.CompletionItem(iconless(label), kind);
  made.insertText = snippet ?? text;
  made.range = range;
  made.filterText = text;
  if (explains !== undefined) made.documentation = markdownString(explains);
  return made;
}

export function documentSymbol(
  name: string,
  kind: vscode.SymbolKind,
  whole: vscode.Range,
  line: vscode.Range,
): vscode.DocumentSymbol {
  return new vscode.DocumentSymbol(iconless(name, 200), '', kind, whole, line);
}

export interface LanguageStatus {
  readonly text: string;
  readonly detail: string | undefined;
  readonly severity: vscode.LanguageStatusSeverity;
  readonly command: vscode.Command | undefined;
  readonly busy: boolean;
}

export function setLanguageStatus(item: vscode.LanguageStatusItem, { text, detail, ...others }: LanguageStatus): void {
  item.text = inert(text);
  item.detail = detail === undefined ? undefined : inert(detail);
  item.severity = others.severity;
  item.command = others.command;
  item.busy = others.busy;
}
