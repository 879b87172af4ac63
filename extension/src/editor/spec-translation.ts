/** Changes the model of a spec file: the daemon translates the text, and one edit replaces it. */
import * as l10n from '@vscode/l10n';
import { Range, type TextDocument, WorkspaceEdit, workspace } from 'vscode';
import type { Dialect } from '../../../schemas/index.js';
import type { Link } from '../link.js';
import { problemOf } from '../problem.js';
import type { Notice } from './form.js';
import { readOnlyNotice, sentenceOnly, translatedNotice } from './spec-words.js';

/** The notice for the user: what has changed in meaning, or why the text was not changed. */
export async function translateDocument(
  document: TextDocument,
  to: Dialect,
  link: Pick<Link, 'call'>,
): Promise<Notice> {
  const { version, uri } = document;
  const before = document.getText();
  try {
    const { text, losses } = await link.call('spec.translate', { file: uri.fsPath, text: before, to });
    if (document.version !== version) return sentenceOnly(l10n.t('The text was changed meanwhile: choose again.'));
    const edit = new WorkspaceEdit();
    edit.replace(uri, new Range(document.positionAt(0), document.positionAt(before.length)), text);
    return (await workspace.applyEdit(edit)) ? translatedNotice(to, losses) : readOnlyNotice();
  } catch (error) {
    return sentenceOnly(problemOf(error).message);
  }
}
