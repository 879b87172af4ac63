/** Addresses of the editable specs of jobs: "cosmos-job:/<job>/<name>.cosmos.json". */
import { Uri } from 'vscode';
import type { Job } from '../../../schemas/index.js';

export const JOB_SCHEME = 'cosmos-job';

export function jobUri({ id, name }: Pick<Job, 'id' | 'name'>): Uri {
  return Uri.from({ scheme: JOB_SCHEME, path: `/${id}/${name}.cosmos.json` });
}

/** undefined for every other address. */
export function jobIdOf({ scheme, path }: Uri): string | undefined {
  return scheme === JOB_SCHEME ? path.split('/')[1] : undefined;
}
