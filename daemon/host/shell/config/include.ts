/** Include of ssh_config(5): which files a pattern names, as glob(3) finds them. */
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';

const MAGIC = /[*?[]/;

/**
 * Files in the order of their names. A "*" does not match a leading dot, because files that editors leave
 * behind (".config.swp") are not configuration.
 * @param pattern absolute.
 */
export function filesOf(pattern: string): string[] {
  const root = path.parse(pattern).root;
  const parts = pattern.slice(root.length).split(path.sep === '\\' ? /[/\\]+/ : /\/+/);
  const found = parts.reduce((folders, part) => folders.flatMap((folder) => entriesOf(folder, part)), [root]);
  return found.filter(isThere);
}

function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // the path goes through a file, the folder is not readable, or the name is too long
  }
}

function entriesOf(folder: string, part: string): string[] {
  if (!MAGIC.test(part)) return [path.join(folder, literal(part))];
  const matches = toRegExp(part);
  const names = namesIn(folder).filter((name) => matches.test(name) && (part.startsWith('.') || !name.startsWith('.')));
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map((name) => path.join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // missing, not a folder or not readable: glob(3) finds nothing
  }
}

/** A backslash escapes the next character, except on systems where it separates folders. */
function literal(part: string): string {
  return path.sep === '\\' ? part : part.replace(/\\(.)/gs, '$1');
}

function toRegExp(part: string): RegExp {
  const source = part.replace(
    /\\(.)|\*+|\?|\[(!?)((?:\](?=[^\]]*\]))?[^\]]+)\]|(.)/gs,
    (found, escaped, not, set, other) => {
      if (escaped !== undefined) return quoted(escaped);
      if (set !== undefined) return oneOf(set, not !== '');
      if (found.startsWith('*')) return '.*';
      return found === '?' ? '.' : quoted(other);
    },
  );
  return new RegExp(`^${source}$`, 'su');
}

/** "a-f0": characters and ranges; a range in reverse order matches nothing. */
function oneOf(set: string, isNegated: boolean): string {
  const parts = set.match(/.-.|./gsu) ?? [];
  const items = parts.flatMap((part) => {
    const [from = '', , to = from] = [...part];
    return from > to ? [] : [`[${escaped(from)}-${escaped(to)}]`];
  });
  const any = items.length === 0 ? '(?!)' : items.join('|');
  return isNegated ? `(?!${any}).` : `(?:${any})`;
}

function escaped(letter: string): string {
  return letter.replace(/[\\\]^[-]/, '\\$&');
}

function quoted(letter: string): string {
  return letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
