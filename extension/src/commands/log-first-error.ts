/** Goes to the first error of the log in the active editor. */
import * as l10n from '@vscode/l10n';
import { TextEditorRevealType, window } from 'vscode';
import { firstErrorIn, LANGUAGE } from '../logs/document-features.js';
import { tell } from '../shown/messages.js';
import type { Handler } from './register.js';

export const logFirstError: Handler = () => {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.document.languageId !== LANGUAGE) return;
  const place = firstErrorIn(editor.document);
  if (place === undefined) {
    void tell(l10n.t('Nothing in this log says that something went wrong.'));
    return;
  }
  editor.selection = place;
  editor.revealRange(place, TextEditorRevealType.InCenter);
};
