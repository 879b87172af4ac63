/** Copies the paths of clips or watched folders. */
import { env } from 'vscode';
import { idsOf, thingsOf } from './arguments.js';
import type { Handler } from './register.js';

export const clipCopyPath: Handler = async ({ store }, ...args) => {
  const folders = idsOf('watch', args);
  const paths = folders.length > 0 ? folders : thingsOf(store.clips, 'clip', args).map(({ path }) => path);
  await env.clipboard.writeText(paths.join('\n'));
};
