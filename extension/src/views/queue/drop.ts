/** Turns a drop of jobs in the queue into calls to the daemon. */
import type { Params } from '../../../../schemas/index.js';
import type { Job } from '../../../../schemas/received.js';
import { can } from './job-context.js';

type Move = Params<'job.move'>;

/**
 * Jobs dropped on a job from below are placed before it, and from above after it. Dropped elsewhere they run next. Jobs
 * that cannot move are left out. The calls must be made in this order.
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
  return [...chain(moving, target.id), { id: target.id, before: first }]; // no job comes after the last one
}

/** Places the jobs in sequence before `end`: each directly before the one after it. */
function chain(ids: readonly string[], end: string | null): Move[] {
  return ids.toReversed().map((id, index, reversed) => ({ id, before: reversed[index - 1] ?? end }));
}
