/** A small picture, or a text in its place, because an empty square looks broken. */
import { element, setText } from './dom.js';

export class PictureBox {
  private readonly picture = element('img', { alt: '', hidden: true });
  private readonly word = element('span');
  readonly root = element('div', { class: 'picture' }, this.picture, this.word);

  /** @param url a data: URL; undefined = there is none. */
  show(url: string | undefined, absent: string): void {
    this.picture.hidden = url === undefined;
    if (url !== undefined && this.picture.src !== url) this.picture.src = url;
    setText(this.word, url === undefined ? absent : '');
  }
}
