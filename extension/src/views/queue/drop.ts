/** What dropping jobs somewhere in the queue asks the daemon for. */
import type { Params } from '../../../../schemas/index.js';
import type { Job } from '../../../../schemas/received.js';
import { can } from './job-context.js';

type Move = Params<'job.move'>;

/**
 * Dropped on a job from below, the dragged ones come to stand before it; from above, behind it; on no job they run
 * next. What cannot move is left out. The calls are to be made in this order.
 * @param waiting all waiting jobs in running order.
 */
export function movesOfDrop(dragged: readonly Job[], target: Job | undefined, waiting: readonly Job[]): Move[] {
  const moving = dragged.filter((job) => can(job, 'movable') && job.id !== target?.id).map(({ id }) => id);
  const [first] = moving;
  if (first === undefined || (target !== undefined && !can(target, 'movable'))) return [];
  if (target === undefined) return chain(moving, null);
  const order = waiting.map(({ id }) => id);
  if (order.indexOf(first) > order.indexOf(target.id)) return chain(moving, target.id);
  const follower = order.slice(order.indexOf(target.id) + 1).find((id) => !moving.includes(id));
  if (follower !== undefined) return chain(moving, follower);
  return [...chain(moving, target.id), { id: target.id, before: first }]; // nothing is behind the last one
}

/** One behind the other before `end`: each is put right before the one after it. */
function chain(ids: readonly string[], end: string | null): Move[] {
  return ids.toReversed().map((id, index, reversed) => ({ id, before: reversed[index - 1] ?? end }));
}
