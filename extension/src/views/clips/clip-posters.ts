/** Pictures of the passes of clips, for their hovers: asked for once a revision, when somebody points. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clip, Pictures } from '../../../../schemas/received.js';
import type { Link } from '../../link.js';

/** Milliseconds that a hover waits for pictures: words without pictures are better than none. */
const PATIENCE = 5000;
/** Clips whose pictures are kept; the oldest go first. */
const KEPT = 50;
const NONE: Pictures = {};

export class ClipPosters {
  private readonly known = new Map<string, Promise<Pictures>>();

  constructor(private readonly link: Pick<Link, 'call'>) {}

  /**
   * None when the daemon is away, slow, or cannot draw them. Those that come late are seen once the row is drawn anew: to
   * do that for them would close the hover of who is reading it.
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
      this.known.delete(key); // the next one who points asks again
      return NONE;
    };
    const asked = this.link.call('clip.thumbnails', { clip }).then(({ pictures }) => pictures, failed);
    this.known.set(key, asked);
    const oldest = this.known.size > KEPT ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
    return asked;
  }
}
