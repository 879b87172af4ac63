/**
 * Creates elements without a framework. A text never becomes markup and cannot change the writing direction around it.
 */
import { plain, plainLines } from '../../shown/inert.js';

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** true = an attribute without a value, false = none. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.map((child) => (typeof child === 'string' ? plainLines(child) : child)));
  return made;
}

/** An empty text element is hidden, so it takes no space. */
export function setText(target: HTMLElement, text: string): void {
  say(target, text);
  target.hidden = text === '';
}

/** For live regions. They must exist before they are filled, and a screen reader reads every change of them. */
export function say(target: HTMLElement, text: string): void {
  const shown = plainLines(text);
  if (target.textContent !== shown) target.textContent = shown;
}

/** The tooltip. */
export function explain(target: HTMLElement, text: string): void {
  target.title = plain(text);
}

/** The text of an empty field. */
export function propose(target: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  target.placeholder = plain(text);
}
