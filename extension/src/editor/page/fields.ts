/**
 * Text fields, number fields and lists. Each shows the value of the extension, except while the user is changing it.
 */
import type { Action, NumberField, Selection, TextField } from '../form.js';
import { Commit } from './commit.js';
import { element, propose, setText } from './dom.js';

/** Milliseconds without a key stroke that end an undo step. */
const TYPING = 600;

export class TextInput {
  private readonly area: HTMLTextAreaElement;
  private readonly note: HTMLElement;
  private readonly way = element('button', { type: 'button', class: 'link', hidden: true });
  private action: TextField['action'] = null;
  private readonly commit: Commit<string>;
  readonly root: HTMLElement;

  constructor(
    id: string,
    label: string,
    rows: number,
    send: (value: string) => void,
    act: (action: Action) => void = () => {},
  ) {
    this.commit = new Commit(send);
    this.area = element('textarea', { id, rows, spellcheck: true, 'aria-describedby': `${id}-note` });
    this.note = element('p', { id: `${id}-note`, class: 'note', hidden: true });
    this.root = element(
      'div',
      { class: 'field' },
      element('label', { for: id }, label),
      this.area,
      this.note,
      this.way,
    );
    this.way.addEventListener('click', () => this.action !== null && act(this.action.action));
    this.area.addEventListener('input', () => this.commit.after(TYPING, this.area.value));
    this.area.addEventListener('blur', () => this.commit.flush());
  }

  show({ value, placeholder, note, action }: TextField, locked: boolean): void {
    this.action = action;
    setText(this.way, locked ? '' : (action?.label ?? ''));
    this.area.disabled = locked;
    propose(this.area, placeholder);
    setText(this.note, note);
    if (this.commit.isPending || this.area.value === value) return; // setting an equal value would move the caret
    this.area.value = value;
  }

  flush(): void {
    this.commit.flush();
  }

  focus(): void {
    this.area.focus();
  }
}

export class NumberInput {
  private readonly box: HTMLInputElement;
  private readonly commit: Commit<number | null>;
  readonly root: HTMLElement;

  constructor(id: string, label: string, send: (value: number | null) => void) {
    this.commit = new Commit(send);
    this.box = element('input', { id, type: 'number' });
    this.root = element('div', { class: 'field short' }, element('label', { for: id }, label), this.box);
    this.box.addEventListener('input', () => this.changed());
    this.box.addEventListener('blur', () => this.commit.flush());
  }

  show({ value, placeholder, min, max, step }: NumberField, locked: boolean): void {
    this.box.disabled = locked;
    propose(this.box, placeholder);
    this.box.min = String(min);
    this.box.max = max === null ? '' : String(max);
    this.box.step = String(step);
    const text = value === null ? '' : String(value);
    if (!this.commit.isPending && this.box.value !== text) this.box.value = text;
  }

  flush(): void {
    this.commit.flush();
  }

  /** An incomplete number ("-", "1e") is not sent: the browser reports it as bad input. */
  private changed(): void {
    const { value, validity } = this.box;
    if (!validity.valid) return;
    this.commit.after(TYPING, value === '' ? null : Number(value));
  }
}

/** A list of values. Those that cannot be chosen say why. */
export class SelectInput {
  private readonly list: HTMLSelectElement;
  private readonly note: HTMLElement;
  private shown = '';
  readonly root: HTMLElement;

  constructor(id: string, label: string, send: (value: string) => void) {
    this.list = element('select', { id, 'aria-describedby': `${id}-note` });
    this.note = element('p', { class: 'note', id: `${id}-note`, hidden: true });
    this.root = element('div', { class: 'field' }, element('label', { for: id }, label), this.list, this.note);
    this.list.addEventListener('change', () => send(this.list.value));
  }

  /** null = there is no choice. */
  show(selection: Selection | null, locked: boolean): void {
    this.root.hidden = selection === null;
    if (selection === null) return;
    const { value, options, note } = selection;
    const now = JSON.stringify(options);
    if (now !== this.shown) {
      // redrawing would close an open list
      this.shown = now;
      this.list.replaceChildren(
        ...options.map((one) => element('option', { value: one.value, disabled: !one.selectable }, one.label)),
      );
    }
    this.list.value = value;
    this.list.disabled = locked || options.every((one) => !one.selectable || one.value === value);
    setText(this.note, note);
  }
}
