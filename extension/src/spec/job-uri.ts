/** URIs of the editable specs of jobs: "cosmos-job:/<job>/<name>.cosmos.json". */
import type { Uri } from 'vscode';
import type { Job } from '../../../schemas/received.js';
import { documentUri } from '../shown/documents.js';

export const JOB_SCHEME = 'cosmos-job';

export function jobUri({ id, name }: Pick<Job, 'id' | 'name'>): Uri {
  return documentUri(JOB_SCHEME, `/${id}`, `${name}.cosmos.json`);
}

/** undefined for every other address. */
export function jobIdOf({ scheme, path }: Uri): string | undefined {
  return scheme === JOB_SCHEME ? path.split('/')[1] : undefined;
}
