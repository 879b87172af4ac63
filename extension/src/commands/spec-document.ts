/** Finds the spec that a command is about. */
import * as l10n from '@vscode/l10n';
import { type TextDocument, Uri, window, workspace } from 'vscode';
import { Problem } from '../problem.js';
import { isSpec } from '../spec/spec-files.js';

/** The spec with this URI or path, else the one in the active editor. @throws Problem not_found */
export async function specDocument([at]: readonly unknown[]): Promise<TextDocument> {
  const uri = at instanceof Uri ? at : typeof at === 'string' ? Uri.file(at) : window.activeTextEditor?.document.uri;
  const document = uri === undefined ? undefined : await workspace.openTextDocument(uri);
  if (document !== undefined && isSpec(document)) return document;
  throw new Problem('not_found', l10n.t('Open a spec first: a file named *.cosmos.json.'));
}

/**
 * Saves the spec, because the daemon reads it from the disk.
 * @throws Problem spec_invalid if it cannot be saved.
 */
export async function saved(document: TextDocument): Promise<TextDocument> {
  if (!document.isDirty || (await document.save())) return document;
  throw new Problem('spec_invalid', l10n.t('{0} could not be saved.', document.uri.fsPath));
}
