/** One control: picture, switch, source of its input, and its weight or the reason why it has none. */
import * as l10n from '@vscode/l10n';
import type { Issue } from '../../../../schemas/received.js';
import type { Effect } from '../../../../schemas/spec/weight-words.js';
import type { Control, FormEdit } from '../form.js';
import { element, explain, say, setText } from './dom.js';
import { type IssueEvents, issueList } from './issues.js';
import { PictureBox } from './picture-box.js';
import { SliderInput } from './slider.js';

const STEP = 0.01;

export interface RowEvents extends IssueEvents {
  readonly send: (edit: FormEdit) => void;
  /** Called while a weight is dragged, so that the effective weights move too. */
  readonly moving: (block: string, weight: number) => void;
}

export class ControlRow {
  readonly root: HTMLElement;
  private readonly picture = new PictureBox();
  private readonly toggle: HTMLInputElement;
  private readonly name = element('span', { class: 'name' });
  private readonly source: HTMLElement;
  private readonly weight: SliderInput;
  private readonly sliders: HTMLElement;
  private readonly sentence: HTMLElement;
  private readonly effective: HTMLOutputElement;
  private readonly issues = element('div', { class: 'row-issues' });

  constructor(
    private control: Control,
    private readonly events: RowEvents,
  ) {
    const { block, label } = control;
    const id = `control-${block}`;
    this.toggle = element('input', { type: 'checkbox', role: 'switch', id, 'aria-describedby': `${id}-source` });
    this.toggle.addEventListener('change', () => events.send({ field: 'switch', block, on: this.toggle.checked }));
    this.source = element('p', { class: 'note source', id: `${id}-source` });
    this.sentence = element('p', { class: 'sentence', id: `${id}-sentence`, hidden: true });
    this.effective = element('output', { class: 'effective', id: `${id}-effective` });
    this.weight = new SliderInput(l10n.t('{0}: weight', label), `${id}-effective`, {
      moving: (value) => events.moving(block, value),
      send: (value) => events.send({ field: 'weight', block, value }),
    });
    this.sliders = element('div', { class: 'sliders' }, this.weight.slider, this.weight.box);
    this.root = element(
      'li',
      { class: 'control', 'data-block': block },
      this.picture.root,
      element('div', { class: 'what' }, element('label', { for: id }, this.toggle, this.name), this.source),
      element('div', { class: 'weight' }, this.sliders, this.sentence),
      this.effective,
      this.issues,
    );
  }

  show(control: Control, locked: boolean): void {
    this.control = control;
    const { label, says, on, unavailable, weight, most, source } = control;
    say(this.name, label);
    explain(this.name, says);
    this.toggle.checked = on;
    this.toggle.disabled = locked || unavailable !== '';
    setText(this.source, source);
    this.root.classList.toggle('off', !on);
    this.weight.show(weight, { min: 0, max: most, step: STEP }, locked || !on);
  }

  showEffect({ value, sentence }: Effect): void {
    const { on } = this.control;
    this.sliders.hidden = !on || sentence !== '';
    setText(this.sentence, on ? sentence : '');
    const words = on ? l10n.t('acts as {0}', value) : l10n.t('off');
    say(this.effective, words);
    this.weight.describe(`${this.weight.slider.value}, ${words}`);
  }

  /** @param absent the text in place of a missing picture. */
  showPicture(url: string | undefined, absent: string): void {
    this.picture.show(url, this.control.computed ? l10n.t('computed') : absent);
  }

  /** Sends a weight that is still being set. */
  flush(): void {
    this.weight.flush();
  }

  showIssues(issues: readonly Issue[]): void {
    this.issues.replaceChildren(...issueList(issues, this.events));
  }
}
