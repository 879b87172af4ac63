/** New revisions of clips, one after the other and each once: also one that became ready as the daemon died. */
import type { Clip } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { toCosmosError } from '../errors.js';
import type { Logger } from '../log.js';

/** Milliseconds until a clip is taken up again for which this computer's disk was too full. */
const ROOM_MS = 5000;

export interface RevisionDeps {
  readonly clips: { unhandled(): Clip[]; handled(clip: Clip): void };
  /** Supersedes, marks stale, sends; may be repeated for the same revision. */
  readonly clipReady: (clip: Clip) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Revisions {
  private tail: Promise<void> = Promise.resolve();
  /** By clip: how it is taken back that it is taken up again. */
  private readonly late = new Map<string, () => void>();

  constructor(private readonly deps: RevisionDeps) {}

  /** Takes up what the last daemon did not get to. */
  resume(): void {
    for (const clip of this.deps.clips.unhandled()) if (clip.state === 'ready') this.take(clip);
  }

  take(clip: Clip): void {
    this.late.get(clip.id)?.();
    this.late.delete(clip.id);
    this.tail = this.tail.then(() => this.handle(clip));
  }

  /** Resolves when nothing is in hand; what waits for room then is taken up at the next start. */
  async settled(): Promise<void> {
    await this.tail;
    for (const cancel of this.late.values()) cancel();
    this.late.clear();
  }

  private async handle(clip: Clip): Promise<void> {
    const { clips, clock, log } = this.deps;
    try {
      await this.send(clip);
      clips.handled(clip);
    } catch (error) {
      log.error({ err: error, clip: clip.id }, 'a ready clip waits until there is room on the disk');
      this.late.set(
        clip.id,
        clock.after(ROOM_MS, () => this.take(clip)),
      );
    }
  }

  /** A revision that cannot be sent is not tried again at every start: the reason is in the log, a person can submit. */
  private async send(clip: Clip): Promise<void> {
    try {
      await this.deps.clipReady(clip);
    } catch (error) {
      if (toCosmosError(error).code === 'no_space_here') throw error;
      this.deps.log.error({ err: error, clip: clip.id }, 'a ready clip was not sent');
    }
  }
}
