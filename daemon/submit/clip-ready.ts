/** What a new revision of a clip means for the jobs and results of older ones, and whether it is sent by itself. */
import type { Clip, Job, Preset, Watch } from '../../schemas/index.js';
import type { Move } from '../job/life.js';
import type { Planned } from './drafts.js';
import type { SubmissionDeps } from './needs.js';

/** A job that waits for the old files is no use any more; one that a person has edited, or that runs, is left alone. */
export function supersede(clip: Clip, { queue, results }: Pick<SubmissionDeps, 'queue' | 'results'>): void {
  for (const job of queue.list({ clip: clip.id, states: ['preparing', 'held', 'queued'] })) {
    if (!job.edited && isOlder(job, clip) && !queue.isInRun(job)) queue.move(job, supersedeMove(job, clip));
  }
  results.markStale(clip.id, clip.revision);
}

function isOlder({ source }: Job, { revision }: Clip): boolean {
  return source.kind === 'clip' && source.revision < revision;
}

/** A job that is being prepared has work in progress, which is stopped first. */
function supersedeMove(job: Job, { revision }: Clip): Move {
  const reason = `Superseded by revision ${revision}.`;
  if (job.state === 'preparing') return { event: 'stop', patch: { stopReason: 'cancel', reason } };
  return { event: 'cancelled', patch: { reason } };
}

/** The same revision is sent once, whatever restarts lie between. */
export function autoSendKey({ id, contentKey, revision }: Clip): string {
  return `auto:${id}:${contentKey ?? revision}`;
}

/** The watch that sends this clip by itself; undefined = nobody does. */
export function autoSender(clip: Clip, watches: readonly Watch[]): Watch | undefined {
  if (clip.existing || clip.state !== 'ready') return undefined;
  return watches.find((watch) => watch.path === clip.root && watch.autoSend);
}

/**
 * Why a job may not be sent without a person; null = it may. Nothing that costs money starts by itself, and no model
 * on a GPU that the folder's own preset does not name.
 */
export function autoSendRefusal({ draft }: Planned, preset: Preset | null, pricePerHour: number): string | null {
  if (draft.engine !== 'preview' && preset?.engine !== draft.engine) {
    return `auto-send makes previews only; write engine = "${draft.engine}" into the preset that it uses`;
  }
  return pricePerHour > 0 ? 'auto-send to a host that costs money needs a cap of its own' : null;
}
