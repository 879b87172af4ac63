/** Finds the result that a command names. */
import type { DaemonClient } from '../../../../client/daemon-client.js';
import type { Result } from '../../../../schemas/received.js';
import { CosmosError } from '../../../errors.js';

/** The result of a job id, else the newest of a clip (id, name or path). @throws CosmosError not_found */
export async function pickResult(daemon: DaemonClient, reference: string): Promise<Result> {
  const { results } = await daemon.call('result.list', {});
  const found = results.find(({ job }) => job === reference) ?? (await newestOfClip(daemon, results, reference));
  if (found !== undefined) return found;
  const near = results.slice(-3).map(({ job }) => job);
  const message = `${reference} has no result; cosmos result ls shows those there are.`;
  throw new CosmosError('not_found', message, { near });
}

async function newestOfClip(daemon: DaemonClient, results: Result[], reference: string) {
  const { clips } = await daemon.call('clip.list', {});
  const known = clips.filter(({ id, name, path }) => [id, name, path].includes(reference)).map(({ id }) => id);
  return results.findLast(({ clip, name, video }) => known.includes(clip ?? '') || [name, video].includes(reference));
}
