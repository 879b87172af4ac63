/** Texts in editors, for the tests inside the extension host. */
import assert from 'node:assert/strict';
import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';

/** Shown, with that text, as nobody has saved it. */
export async function opened(file: string, text: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(Uri.file(file));
  await window.showTextDocument(document);
  await replace(document, document.getText(), text);
  return document;
}

/** Not saved. @throws AssertionError when `was` is not in the text. */
export async function replace(document: TextDocument, was: string, is: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, was), is);
  await workspace.applyEdit(edit);
}

export function rangeOf(document: TextDocument, text: string): Range {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `${text} is not in the text`);
  return new Range(document.positionAt(start), document.positionAt(start + text.length));
}
