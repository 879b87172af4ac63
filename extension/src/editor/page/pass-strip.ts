/** The pictures of a clip's passes in one row, each with its name. */
import { entryOf } from '../../../../schemas/unknown-name.js';
import type { Pictures } from '../form.js';
import { element } from './dom.js';
import { PictureBox } from './picture-box.js';

export class PassStrip {
  readonly root = element('ul', { class: 'passes', hidden: true });
  private readonly boxes = new Map<string, PictureBox>();

  show(passes: readonly string[], pictures: Pictures, absent: string): void {
    this.root.hidden = passes.length === 0;
    if ([...this.boxes.keys()].join() !== passes.join()) this.build(passes);
    for (const pass of passes) this.boxes.get(pass)?.show(entryOf(pictures, pass), absent);
  }

  private build(passes: readonly string[]): void {
    this.boxes.clear();
    const items = passes.map((pass) => {
      const box = new PictureBox();
      this.boxes.set(pass, box);
      return element('li', {}, box.root, element('span', { class: 'note' }, pass));
    });
    this.root.replaceChildren(...items);
  }
}
