/** Opens the spec exactly as the model reads it, read-only. */
import { window, workspace } from 'vscode';
import { documentUri } from '../shown/documents.js';
import { AS_RUN } from '../views/as-run.js';
import { jobOf } from './arguments.js';
import type { Handler } from './register.js';

export const jobShowSpec: Handler = async ({ store }, ...args) => {
  const { id, name } = jobOf(store, args);
  const uri = documentUri(AS_RUN, '', `${name} (as run).json`, id);
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
};
