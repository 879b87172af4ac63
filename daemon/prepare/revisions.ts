/** New revisions of clips, one after the other and each once: also one that became ready as the daemon died. */
import type { Clip } from '../../schemas/index.js';
import type { Logger } from '../log.js';

export interface RevisionDeps {
  readonly clips: { unhandled(): Clip[]; handled(clip: Clip): void };
  /** Supersedes, marks stale, sends; may be repeated for the same revision. */
  readonly clipReady: (clip: Clip) => Promise<void>;
  readonly log: Logger;
}

export class Revisions {
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly deps: RevisionDeps) {}

  /** Takes up what the last daemon did not get to. */
  resume(): void {
    for (const clip of this.deps.clips.unhandled()) if (clip.state === 'ready') this.take(clip);
  }

  take(clip: Clip): void {
    this.tail = this.tail.then(() => this.handle(clip));
  }

  /** A revision that cannot be sent is not tried again at every start: the reason is in the log, a person can submit. */
  private async handle(clip: Clip): Promise<void> {
    const { clipReady, clips, log } = this.deps;
    await clipReady(clip).catch((error) => log.error({ err: error, clip: clip.id }, 'a ready clip was not sent'));
    clips.handled(clip);
  }

  /** Resolves when nothing is in hand. */
  async settled(): Promise<void> {
    await this.tail;
  }
}
