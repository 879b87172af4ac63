/** Pictures of the passes of a clip. They are requested once for each revision. */
import * as l10n from '@vscode/l10n';
import type { Clip, Pictures } from '../../../schemas/received.js';
import type { Link } from '../link.js';

export interface ShownPictures {
  readonly pictures: Pictures;
  /** The text in place of a missing picture. */
  readonly absent: string;
}

export class ClipPictures {
  private key = '';
  private clip = '';
  private last: Pictures = {};

  constructor(
    private readonly link: Pick<Link, 'call'>,
    private readonly show: (shown: ShownPictures) => void,
  ) {}

  /** The form works without pictures: if there is none, the row shows a text. */
  async of(clip: Clip | null): Promise<void> {
    const key = clip === null ? 'none' : `${clip.id} ${clip.contentKey} ${clip.state === 'ready'}`;
    if (key === this.key) return;
    this.key = key;
    if (clip?.id !== this.clip) this.last = {};
    this.clip = clip?.id ?? '';
    if (clip === null) return this.say(l10n.t('no picture'));
    this.say(l10n.t('no picture yet'));
    try {
      const { pictures } = await this.link.call('clip.thumbnails', { clip: clip.id });
      if (key !== this.key) return;
      this.last = pictures;
      this.say(clip.state === 'ready' ? l10n.t('cannot be drawn') : l10n.t('no picture yet'));
    } catch {
      if (key !== this.key) return;
      this.key = ''; // no connection, or the clip is gone: the next call asks again
      this.say(l10n.t('no picture now'));
    }
  }

  /** The page is new and has no pictures. */
  forget(): void {
    this.key = '';
  }

  private say(absent: string): void {
    this.show({ pictures: this.last, absent });
  }
}
