/** Shows the files of a clip, or a watched folder, in the file manager. */
import { commands, Uri } from 'vscode';
import { clipOf, idsOf } from './arguments.js';
import type { Handler } from './register.js';

export const clipRevealInOs: Handler = async ({ store }, ...args) => {
  const [folder] = idsOf('watch', args);
  const path = folder ?? clipOf(store, args).path;
  await commands.executeCommand('revealFileInOS', Uri.file(path));
};
