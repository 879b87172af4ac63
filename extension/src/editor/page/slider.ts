/** A slider and a number box for the same value, rounded to its step. */
import { Commit } from './commit.js';
import { element } from './dom.js';

/** Milliseconds without a change that end an undo step by arrow keys; a drag ends when the mouse button is released. */
const KEYS = 350;

export interface SliderRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

export interface SliderEvents {
  /** Called during a drag, before the value is changed. */
  readonly moving: (value: number) => void;
  readonly send: (value: number) => void;
}

export class SliderInput {
  readonly slider: HTMLInputElement;
  readonly box: HTMLInputElement;
  private readonly commit: Commit<number>;
  private dragging = false;
  /** Whether a number is being typed into the box. */
  private typing = false;

  constructor(
    name: string,
    describedBy: string,
    private readonly events: SliderEvents,
  ) {
    const common = { 'aria-label': name, 'aria-describedby': describedBy };
    this.commit = new Commit(events.send);
    this.slider = element('input', { type: 'range', ...common });
    this.box = element('input', { type: 'number', ...common });
    this.slider.addEventListener('pointerdown', () => {
      this.dragging = true;
    });
    this.slider.addEventListener('input', () => this.move(this.slider, this.box));
    this.slider.addEventListener('change', () => this.settle(this.slider));
    this.box.addEventListener('input', () => {
      this.typing = true;
      this.move(this.box, this.slider);
    });
    this.box.addEventListener('change', () => this.settle(this.box));
    for (const input of [this.slider, this.box]) input.addEventListener('blur', () => this.flush());
  }

  show(value: number, { min, max, step }: SliderRange, locked: boolean): void {
    for (const input of [this.slider, this.box]) {
      input.min = String(min);
      input.max = String(max);
      input.step = String(step);
      input.disabled = locked;
      if (!this.isBusy && input.value !== String(value)) input.value = String(value);
    }
  }

  /** Sends a value that is still being set. */
  flush(): void {
    if (this.typing) this.settle(this.box);
    this.commit.flush();
  }

  /** The text that a screen reader reads for the value. */
  describe(text: string): void {
    this.slider.setAttribute('aria-valuetext', text);
  }

  private get isBusy(): boolean {
    return this.dragging || this.typing || this.commit.isPending;
  }

  private move(from: HTMLInputElement, other: HTMLInputElement): void {
    if (from.value === '' || !from.validity.valid) return;
    other.value = from.value;
    this.events.moving(Number(from.value));
  }

  private settle(from: HTMLInputElement): void {
    const wasDragged = this.dragging;
    this.dragging = false;
    this.typing = false;
    if (from.value === '' || !from.validity.valid) return;
    this.commit.after(wasDragged ? 0 : KEYS, Number(from.value));
  }
}
