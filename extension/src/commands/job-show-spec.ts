import { Uri, window, workspace } from 'vscode';
import { AS_RUN } from '../views/as-run.js';
import { jobOf } from './arguments.js';
import type { Handler } from './register.js';

/** Opens the spec exactly as the model reads it, read-only. */
export const jobShowSpec: Handler = async ({ store }, ...args) => {
  const { id, name } = jobOf(store, args);
  const uri = Uri.from({ scheme: AS_RUN, path: `/${name} (as run).json`, query: id });
  await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
};
