/** Opens the spec of a waiting job; saving it changes the job. */
import { window, workspace } from 'vscode';
import { jobUri } from '../spec/job-uri.js';
import { jobOf } from './arguments.js';
import type { Handler } from './register.js';

/** Opens the spec of a waiting job. Saving the document changes the job. */
export const jobEditSpec: Handler = async ({ store }, ...args) => {
  const document = await workspace.openTextDocument(jobUri(jobOf(store, args)));
  await window.showTextDocument(document, { preview: false });
};
