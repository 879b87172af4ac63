/**
 * Pictures of the passes of clips for their tooltips. They are requested once for each revision, when the pointer rests
 * on a row.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clip, Pictures } from '../../../../schemas/received.js';
import type { Link } from '../../link.js';

/** Milliseconds that a tooltip waits for pictures; then it appears without them. */
const PATIENCE = 5000;
/** Number of clips whose pictures are kept; the oldest are dropped first. */
const KEPT = 50;
const NONE: Pictures = {};

export class ClipPosters {
  private readonly known = new Map<string, Promise<Pictures>>();

  constructor(private readonly link: Pick<Link, 'call'>) {}

  /**
   * Empty if the daemon is not connected, slow, or cannot draw them. Late pictures appear when the row is drawn again.
   * It is not redrawn for them, because that would close the tooltip that is being read.
   */
  async of(clip: Clip): Promise<Pictures> {
    const key = `${clip.id} ${clip.contentKey}`;
    const pictures = this.known.get(key) ?? this.ask(key, clip.id);
    const ended = new AbortController();
    const patience = pause(PATIENCE, undefined, { signal: ended.signal }).catch(() => undefined);
    const answer = await Promise.race([pictures, patience]);
    ended.abort();
    return answer ?? NONE;
  }

  private ask(key: string, clip: string): Promise<Pictures> {
    const failed = () => {
      this.known.delete(key); // the next tooltip asks again
      return NONE;
    };
    const asked = this.link.call('clip.thumbnails', { clip }).then(({ pictures }) => pictures, failed);
    this.known.set(key, asked);
    const oldest = this.known.size > KEPT ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
    return asked;
  }
}
