/** Answers what lies in the folder around a spec, as Python on a Linux host will see it. */
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Media } from '../../../schemas/index.js';
import type { Entry } from '../../../schemas/spec/pydantic.js';
import { errnoOf } from '../../errors.js';
import { KINDS } from '../../foreign/kinds.js';
import { nearest } from '../../near.js';
import { TextProblem } from '../../text/problem.js';
import { readBytesSync } from '../../text/read.js';
import { promptProblem } from './bytes.js';
import { nearFiles } from './near-files.js';
import type { SpecFacts } from './rules/rule.js';

/** NAME_MAX of Linux: stat() of a longer name is an error, not a "no". */
const LONGEST_NAME = 255;
/** Errors that pathlib takes for "not there" (Lib/pathlib.py: _ignore_error). */
const ABSENT = ['ENOENT', 'ENOTDIR', 'EBADF', 'ELOOP'];

/** Facts of the files beside `file`; what is in media files is not looked at. */
export function folderFacts(file: string): SpecFacts {
  const folder = path.dirname(path.resolve(file));
  return {
    entry: (named, home) => entryOf(home === 'expand' ? expandUser(named) : named, folder),
    text: (named) => textOf(folder, named),
    textProblem: (named) => promptProblem(join(folder, named, partsOf(named))),
    media: () => undefined,
    inside: () => true,
    near: (named, at) => nearFiles(folder, named, at),
  };
}

/** Facts of a spec whose files lie elsewhere until they are staged: these and no others are there. */
export function stagedFacts(inputs: ReadonlySet<string>, media: ReadonlyMap<string, Media>): Partial<SpecFacts> {
  return {
    entry: (named) => (inputs.has(named) ? 'file' : 'none'),
    media: (named) => media.get(named),
    near: (named) => nearest(named, inputs),
  };
}

function entryOf(named: string | null, folder: string): Entry {
  if (named === null) return 'none';
  if (named.includes('\0')) return 'none';
  const own = onDrive(named);
  if (own !== null) return stat(own);
  const parts = partsOf(named);
  if (parts.some((part) => Buffer.byteLength(part) > LONGEST_NAME)) return 'unreadable';
  // The kernel walks: "away/../x" is not there unless away is a folder. Node would shorten the path first.
  for (const [index, part] of parts.entries()) {
    if (part === '..' && stat(join(folder, named, parts.slice(0, index))) !== 'folder') return 'none';
  }
  return stat(join(folder, named, parts));
}

/** Path.expanduser; null for the home folder of another user, which this machine cannot know. */
function expandUser(named: string): string | null {
  const [first = ''] = named.split('/');
  if (!first.startsWith('~')) return named;
  return first === '~' ? homedir() + named.slice(1) : null;
}

/** pathlib drops empty parts, single dots and a slash at the end. */
function partsOf(named: string): string[] {
  return named.split('/').filter((part) => part !== '' && part !== '.');
}

/**
 * Where a spec on Windows names a drive or a share: a file there is staged as it is (workload/transfer/hand-spec.ts), so it is there.
 * null = named as on Linux.
 */
export function onDrive(named: string, flavour: path.PlatformPath = path): string | null {
  const isOfWindows = flavour.sep === '\\' && flavour.isAbsolute(named) && !/^\/(?!\/)/.test(named);
  return isOfWindows ? flavour.resolve(named) : null;
}

function join(folder: string, named: string, parts: readonly string[]): string {
  return named.startsWith('/') ? `/${parts.join('/')}` : path.join(folder, ...parts);
}

function stat(file: string): Entry {
  try {
    const found = statSync(file);
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : 'none';
  } catch (error) {
    return ABSENT.includes(errnoOf(error) ?? '') ? 'none' : 'unreadable';
  }
}

function textOf(folder: string, named: string): string | null {
  try {
    const bytes = readBytesSync(onDrive(named) ?? join(folder, named, partsOf(named)), KINDS.prompt);
    if (bytes instanceof TextProblem) return null;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // the reader's own complaint says which path it was
  }
}
