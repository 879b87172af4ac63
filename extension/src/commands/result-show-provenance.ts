/** Opens the provenance file that lies beside a video. */
import { Uri, window, workspace } from 'vscode';
import { resultOf } from './arguments.js';
import type { Handler } from './register.js';

/** Opens the provenance file beside the video: everything that the result was made of and with. */
export const resultShowProvenance: Handler = async ({ store }, ...args) => {
  const { provenance } = resultOf(store, args);
  await window.showTextDocument(await workspace.openTextDocument(Uri.file(provenance)), { preview: true });
};
