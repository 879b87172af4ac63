/** Elements by hand: the page has no framework, and no text of anybody ever becomes markup or turns a line around. */
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

/** An empty one takes no room. */
export function setText(target: HTMLElement, text: string): void {
  say(target, text);
  target.hidden = text === '';
}

/** For live regions, which have to be there before they speak, and speak at every change. */
export function say(target: HTMLElement, text: string): void {
  const shown = plainLines(text);
  if (target.textContent !== shown) target.textContent = shown;
}

/** What is shown while somebody points at it. */
export function explain(target: HTMLElement, text: string): void {
  target.title = plain(text);
}

/** What is shown while nothing is typed. */
export function propose(target: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  target.placeholder = plain(text);
}
