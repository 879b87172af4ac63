/** What a new revision of a clip means for older jobs and results, and whether auto-send submits it. */
import type { Clip, Job, Preset, Watch } from '../../schemas/index.js';
import type { Move } from '../job/life.js';
import type { Planned } from './drafts.js';
import type { SubmissionDeps } from './needs.js';

/** Cancels waiting jobs of older revisions. Jobs that run, and jobs that a person has edited, stay. */
export function supersede(clip: Clip, { queue, results }: Pick<SubmissionDeps, 'queue' | 'results'>): void {
  for (const job of queue.list({ clip: clip.id, states: ['preparing', 'held', 'queued'] })) {
    if (!job.edited && isOlder(job, clip) && !queue.isInRun(job)) queue.move(job, supersedeMove(job, clip));
  }
  results.markStale(clip.id, clip.revision);
}

function isOlder({ source }: Job, { revision }: Clip): boolean {
  return source.kind === 'clip' && source.revision < revision;
}

/** The preparation of a job is stopped first, because it is work in progress. */
function supersedeMove(job: Job, { revision }: Clip): Move {
  const reason = `Superseded by revision ${revision}.`;
  if (job.state === 'preparing') return { event: 'stop', patch: { stopReason: 'cancel', reason } };
  return { event: 'cancelled', patch: { reason } };
}

/** Idempotency key: one revision is sent only once, also across restarts. */
export function autoSendKey({ id, contentKey, revision }: Clip): string {
  return `auto:${id}:${contentKey ?? revision}`;
}

/** The watched folder whose auto-send submits this clip; undefined = there is none. */
export function autoSender(clip: Clip, watches: readonly Watch[]): Watch | undefined {
  if (clip.existing || clip.state !== 'ready') return undefined;
  return watches.find((watch) => watch.path === clip.root && watch.autoSend);
}

/**
 * Why auto-send may not submit this job; null = it may. Auto-send never starts anything that costs money, and no model
 * on a GPU that the preset of the folder does not name.
 */
export function autoSendRefusal({ draft }: Planned, preset: Preset | null, pricePerHour: number): string | null {
  if (draft.engine !== 'preview' && preset?.engine !== draft.engine) {
    return `auto-send makes previews only; write engine = "${draft.engine}" into the preset that it uses`;
  }
  return pricePerHour > 0 ? 'auto-send to a host that costs money needs a cap of its own' : null;
}
