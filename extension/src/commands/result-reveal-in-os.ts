/** Shows the video of a result in the file manager. */
import { commands, Uri } from 'vscode';
import { resultOf } from './arguments.js';
import type { Handler } from './register.js';

export const resultRevealInOs: Handler = async ({ store }, ...args) => {
  await commands.executeCommand('revealFileInOS', Uri.file(resultOf(store, args).video));
};
