/** Copies the paths of videos. */
import { env } from 'vscode';
import { resultsOf } from './arguments.js';
import type { Handler } from './register.js';

export const resultCopyPath: Handler = async ({ store }, ...args) => {
  const paths = resultsOf(store, args).map(({ video }) => video);
  await env.clipboard.writeText(paths.join('\n'));
};
