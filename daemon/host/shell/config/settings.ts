/** Settings of one host by keyword, each with the line that says it. */
import type { Position } from './position.js';
import type { Written } from './tokens.js';

/** Keywords of which every line counts; of the others the first wins. */
const ADDS_UP: readonly string[] = ['identityfile', 'certificatefile'];
/** Two keywords for the same thing: the first one in the file wins, also when its value is "none". */
const RIVALS: Readonly<Record<string, string>> = { proxyjump: 'proxycommand', proxycommand: 'proxyjump' };
/** The position of values that the user typed: they are in no file. */
export const TYPED: Position = { file: '', line: 0, shown: 'the name of the host' };

export class HostSettings {
  private readonly entries = new Map<string, readonly Written[]>();

  /** The first word of the setting that counts. */
  first(keyword: string): Written | undefined {
    return this.entries.get(keyword)?.[0];
  }

  value(keyword: string): string | undefined {
    return this.first(keyword)?.value;
  }

  all(keyword: string): readonly Written[] | undefined {
    return this.entries.get(keyword);
  }

  /** A line without values sets nothing. */
  add(keyword: string, values: readonly string[], position: Position): void {
    const before = this.entries.get(keyword);
    const added = values.map((value) => ({ value, position }));
    if (added.length === 0 || this.entries.has(RIVALS[keyword] ?? '')) return;
    if (before === undefined) this.entries.set(keyword, added);
    else if (ADDS_UP.includes(keyword)) {
      const isNew = ({ value }: Written) => !before.some((one) => one.value === value);
      this.entries.set(keyword, [...before, ...added.filter(isNew)]);
    }
  }

  /** What was typed, or found by the first reading: no line changes it. */
  fix(keyword: string, value: string): void {
    this.entries.set(keyword, [{ value, position: TYPED }]);
  }
}
