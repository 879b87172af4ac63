/** Pieces of Markdown from words of others: names, prompts and messages never become markup. */

/** Longer texts are cut in a tooltip, in characters. */
const LONGEST = 400;

/** The text as it is, on one line. */
export function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&');
}

export function shortened(text: string, longest = LONGEST): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}

/** Words of somebody, as such. */
export function quoted(text: string): string {
  return `“${escaped(shortened(text))}”`;
}

/** A table without head; rows without a value are left out. */
export function facts(rows: readonly (readonly [name: string, value: string | null | undefined])[]): string {
  const lines = rows.flatMap(([name, value]) => (value ? [`| ${escaped(name)} | ${escaped(value)} |`] : []));
  return lines.length === 0 ? '' : ['| | |', '|:--|:--|', ...lines].join('\n');
}
