/** Handles each new revision of a clip once, one after the other; also one that became ready just before a crash. */
import type { Clip } from '../../schemas/index.js';
import { FULL_DISK, pauseAfter } from '../back-off.js';
import type { Clock } from '../clock.js';
import { toCosmosError } from '../errors.js';
import type { Logger } from '../log.js';

export interface RevisionDeps {
  readonly clips: { unhandled(): Clip[]; handled(clip: Clip): void };
  /** Supersedes queued jobs, marks older results as stale, sends. May be repeated for the same revision. */
  readonly clipReady: (clip: Clip) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Revisions {
  private tail: Promise<void> = Promise.resolve();
  /** Clip that waits for room on the disk -> function that cancels its next try. */
  private readonly waiting = new Map<string, () => void>();

  constructor(private readonly deps: RevisionDeps) {}

  /** Handles the revisions that the last daemon did not handle. */
  resume(): void {
    for (const clip of this.deps.clips.unhandled()) if (clip.state === 'ready') this.take(clip);
  }

  take(clip: Clip): void {
    this.waiting.get(clip.id)?.();
    this.waiting.delete(clip.id);
    this.tail = this.tail.then(() => this.handle(clip));
  }

  /** Resolves when no revision is being handled. A clip that still waits for room is handled at the next start. */
  async settled(): Promise<void> {
    await this.tail;
    for (const cancel of this.waiting.values()) cancel();
    this.waiting.clear();
  }

  private async handle(clip: Clip): Promise<void> {
    const { clips, clock, log } = this.deps;
    try {
      await this.send(clip);
      clips.handled(clip);
    } catch (error) {
      log.error({ err: error, clip: clip.id }, 'a ready clip waits until there is room on the disk');
      this.waiting.set(
        clip.id,
        clock.after(pauseAfter(1, FULL_DISK), () => this.take(clip)),
      );
    }
  }

  /** A revision that cannot be sent counts as handled: the log has the reason, and a person can submit the clip. */
  private async send(clip: Clip): Promise<void> {
    try {
      await this.deps.clipReady(clip);
    } catch (error) {
      if (toCosmosError(error).code === 'no_space_here') throw error;
      this.deps.log.error({ err: error, clip: clip.id }, 'a ready clip was not sent');
    }
  }
}
