/** Copies the ids of jobs. */
import { env } from 'vscode';
import { jobsOf } from './arguments.js';
import type { Handler } from './register.js';

export const jobCopyId: Handler = async ({ store }, ...args) => {
  const ids = jobsOf(store, args).map(({ id }) => id);
  await env.clipboard.writeText(ids.join('\n'));
};
