/** Pictures of the passes of a clip, asked for once a revision. */
import type { Clip, Pictures } from '../../../schemas/index.js';
import type { Link } from '../link.js';

export class ClipPictures {
  private key = '';

  constructor(
    private readonly link: Pick<Link, 'call'>,
    private readonly show: (pictures: Pictures) => void,
  ) {}

  /** Pictures are a courtesy: without them the rows stand as they are. */
  async of(clip: Clip | null): Promise<void> {
    const key = clip === null ? '' : `${clip.id} ${clip.contentKey}`;
    if (key === this.key) return;
    this.key = key;
    if (clip === null) return this.show({});
    try {
      const { pictures } = await this.link.call('clip.thumbnails', { clip: clip.id });
      if (key === this.key) this.show(pictures);
    } catch {
      this.key = ''; // the daemon is away, or the clip is gone: the next look asks again
    }
  }

  /** The page is new and has none. */
  forget(): void {
    this.key = '';
  }
}
