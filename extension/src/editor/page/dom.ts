/** Elements by hand: the page has no framework, and no text of anybody ever becomes markup. */

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
  made.append(...children);
  return made;
}

/** An empty one takes no room. */
export function setText(target: HTMLElement, text: string): void {
  say(target, text);
  target.hidden = text === '';
}

/** For live regions, which have to be there before they speak, and speak at every change. */
export function say(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
