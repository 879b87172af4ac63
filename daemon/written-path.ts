/**
 * A path as the user wrote it (cosmos.toml, the command line, a client) -> an absolute path of this machine, or one
 * sentence that says what to write instead.
 *
 * A path that exists exactly as written is used, so a folder that is really called "50%_$x" works, and so does one below
 * it that is still to be made. Only "~" is read first, as every shell does; a folder of that name is written "./~".
 * Nothing is looked up on disk for an ordinary path.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CosmosError } from './errors.js';
import { foreignPath } from './written-path/foreign.js';
import { type Machine, thisMachine } from './written-path/machine.js';
import { PathProblem, withBackslashes } from './written-path/problem.js';
import { expandVariables } from './written-path/variables.js';

/**
 * The absolute path that was meant.
 * @param base folder that a relative path begins at; null = a relative path means nothing to the reader.
 * @throws CosmosError invalid_params with one sentence that begins with the path as it was written
 */
export function writtenPath(written: string, base: string | null, machine: Machine = thisMachine()): string {
  const asWritten = literally(written, base, machine);
  try {
    const meant = read(written, base, machine);
    if (meant === asWritten || isHome(written) || asWritten === null || !isThere(asWritten, machine)) return meant;
    return asWritten;
  } catch (error) {
    if (!(error instanceof PathProblem)) throw error;
    if (asWritten !== null && !isHome(written) && isThere(asWritten, machine)) return asWritten;
    throw new CosmosError('invalid_params', `${withBackslashes(written)} ${error.message}`, { path: written });
  }
}

/** Whether it exists, at least down to the last name that has another reading. */
function isThere(absolute: string, { platform, exists }: Machine): boolean {
  const { dirname, basename } = platform === 'win32' ? path.win32 : path.posix;
  let folder = absolute;
  while (/^[\p{L}\p{N} ._-]+$/u.test(basename(folder))) folder = dirname(folder);
  const isRoot = folder === dirname(folder); // it always exists, so it says nothing about the written path
  return exists(absolute) || (!isRoot && exists(folder));
}

function read(written: string, base: string | null, machine: Machine): string {
  const bare = withoutQuotes(written);
  if (bare === '') throw new PathProblem('is empty: write the folder out.');
  refuseControls(bare); // before an address is read, which would drop them
  const local = withoutScheme(bare, machine.platform);
  refuseControls(local);
  const expanded = expandVariables(withHome(local, machine), machine);
  const foreign = foreignPath(expanded, machine);
  if (foreign !== null) throw new PathProblem(foreign);
  const absolute = literally(expanded, base, machine);
  if (absolute !== null) return absolute;
  if (expanded !== local) throw new PathProblem('begins with a variable that holds no absolute path: write it out.');
  throw new PathProblem('is not an absolute path: write it from the drive or / on.');
}

/** The path taken literally; null = it is relative and there is no base. */
function literally(text: string, base: string | null, { platform }: Machine): string | null {
  const flavour = platform === 'win32' ? path.win32 : path.posix;
  if (base === null && !flavour.isAbsolute(text)) return null;
  const absolute = flavour.resolve(base ?? '', text);
  return platform === 'win32' ? plainWindowsPath(absolute) : absolute;
}

/** Node adds the prefix of long paths by itself; VS Code writes drive letters small, and one folder needs one name. */
function plainWindowsPath(absolute: string): string {
  const short = absolute.replace(/^\\\\\?\\UNC\\/i, '\\\\').replace(/^\\\\\?\\(?=[a-z]:)/i, '');
  return short.replace(/^[a-z]:/, (drive) => drive.toUpperCase());
}

/** Removes the quotes that Explorer's "Copy as path" and shells add, and blanks at the ends from pasting. */
function withoutQuotes(written: string): string {
  const text = written.replace(/^[ \u00a0]+|[ \u00a0]+$/g, '');
  const inside = /^(?:"([^"]*)"|'([^']*)'|“([^”]*)”)$/.exec(text)?.slice(1).join('');
  return inside === undefined ? text : withoutQuotes(inside);
}

/** file: URLs, from VS Code, Houdini and drag and drop. Other URLs are refused. */
function withoutScheme(text: string, platform: NodeJS.Platform): string {
  const [, scheme] = /^([a-z][a-z\d+.-]+):(?=\/)/i.exec(text) ?? [];
  if (scheme === undefined) return text;
  if (scheme.toLowerCase() !== 'file') {
    throw new PathProblem(`is an address (${scheme}), not a folder: mount it, and write the folder where it then is.`);
  }
  try {
    // Written by hand, "#" and "?" are letters of a name.
    return fileURLToPath(text.replace(/[?#]/g, encodeURIComponent), { windows: platform === 'win32' });
  } catch {
    throw new PathProblem('is a file: address that names no file of this machine: write the path instead.');
  }
}

/** A path gets control characters when a backslash begins an escape: "D:\new" then holds a line break. */
function refuseControls(text: string): void {
  if (!/\p{Cc}/u.test(text)) return;
  const meant = withBackslashes(text).slice(1, -1);
  throw new PathProblem(
    `holds control characters: in double quotes \\n is a line break, \\r a carriage return, \\t a tab. Write it with ` +
      `forward slashes, "${meant.replaceAll('\\', '/')}", or in a TOML file in single quotes, '${meant}'.`,
  );
}

function isHome(written: string): boolean {
  return /^~(?=$|[\\/])/.test(withoutQuotes(written));
}

function withHome(text: string, { home }: Machine): string {
  if (isHome(text)) return home + text.slice(1);
  const [other] = /^~[^\\/]+/.exec(text) ?? [];
  if (other === undefined) return text;
  throw new PathProblem(`begins with ${other}, and only ~ alone, your own home folder, is known: write it out.`);
}
