/**
 * A folder for one user: no other user may read it or replace it. If other users can enter our own folder
 * (made by an administrator, restored from a backup), we close it; a folder of another user is refused.
 * POSIX only: on Windows a folder has the rights that it inherits, in a profile those of its user.
 */
import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';
import { CosmosError, errnoOf } from './errors.js';
import { describeUser } from './users.js';

export interface Closed {
  /** Permission bits that the folder had; null = it was private already. */
  readonly wasOpen: string | null;
  /** Number of files and folders in it that other users could read before and cannot read now. */
  readonly entries: number;
}

const OTHERS = 0o077;

/**
 * Creates the folder for its owner alone if it is missing. An existing folder, and the path to it, must belong to this user.
 * @throws CosmosError config_invalid with what to do; the system error of a folder that cannot be made
 */
export function makePrivate(folder: string): void {
  const isLink = lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (process.platform !== 'win32' && isLink) throw refusedLink(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  refuseForeign(folder);
  refuseWayOfOthers(folder);
  refuseUnwritable(folder);
}

/**
 * Closes a folder of ours and all that lies in it.
 * @throws CosmosError config_invalid with what to do, when it cannot be closed or contains files of other users
 */
export function closeFolder(folder: string): Closed {
  if (process.platform === 'win32') return { wasOpen: null, entries: 0 };
  const mode = lstatSync(folder).mode & 0o777;
  if ((mode & OTHERS) !== 0) closeOne(folder, folder, mode);
  const wasOpen = (mode & OTHERS) === 0 ? null : octal(mode);
  return { wasOpen, entries: closeContents(folder, wasOpen !== null) };
}

function refusedLink(folder: string): CosmosError {
  const to = path.resolve(path.dirname(folder), readlinkSync(folder));
  return refused(folder, `is a link to ${to}`, `Name ${to} itself`);
}

function refuseForeign(folder: string): void {
  const { uid } = lstatSync(folder);
  const me = process.geteuid?.() ?? uid;
  if (uid === me) return;
  const words = `belongs to ${describeUser(uid)}, and this runs as ${describeUser(me)}`;
  throw refused(folder, words, 'Run it as that user, or name a folder of your own');
}

/** A user who can write to a parent folder can replace ours; OpenSSH's StrictModes checks the same. */
function refuseWayOfOthers(folder: string): void {
  for (const step of way(folder)) {
    const { uid, gid, mode } = lstatSync(step);
    if (!isTrusted(uid)) {
      throw refused(
        folder,
        `lies below ${step}, which belongs to ${describeUser(uid)}`,
        'Name one below your own home',
      );
    }
    const isSticky = (mode & 0o1000) !== 0;
    const others = (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== 0 && gid !== process.getegid?.());
    if (others && !isSticky) {
      const words = `lies below ${step}, where other users may rename and replace folders (mode ${octal(mode)})`;
      throw refused(folder, words, `Take that from them (chmod go-w ${step}), or name a folder elsewhere`);
    }
  }
}

/** All parent folders, of the path as written and of the real path. */
function way(folder: string): string[] {
  return [...new Set([...ancestors(folder), ...ancestors(realpathSync(folder))])].filter(
    (step) => !lstatSync(step).isSymbolicLink() || !isTrusted(lstatSync(step).uid), // a link that this user owns may be trusted
  );
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [] : [parent, ...ancestors(parent)];
}

function isTrusted(uid: number): boolean {
  return uid === 0 || uid === process.geteuid?.() || (uid === OVERFLOW_UID && isUserNamespace());
}

/** The user id that a user namespace shows for all users outside of it, root included (user_namespaces(7)). */
const OVERFLOW_UID = 65534;

function isUserNamespace(): boolean {
  try {
    return !/^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'utf8'));
  } catch {
    return false;
  }
}

function refuseUnwritable(folder: string): void {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = errnoOf(error) === 'EROFS' ? 'its disk is mounted read-only' : `${errnoOf(error)}`;
    throw refused(folder, `cannot be written (${why})`, 'Change that, or name another folder');
  }
}

/**
 * What lies in the folder itself is looked at each time, because a backup may have put it there; what lies deeper only
 * when the folder was open: there may be a hundred thousand files, and other users cannot reach them through a closed folder.
 */
function closeContents(folder: string, wasOpen: boolean): number {
  const top = readdirSync(folder).map((name) => path.join(folder, name));
  for (const file of top) refuseGift(folder, file);
  const closed = top.filter((file) => closeEntry(folder, file)).length;
  if (closed === 0 && !wasOpen) return 0;
  return closed + top.reduce((sum, file) => sum + closeBelow(folder, file), 0);
}

/** Files that another user may have created while the folder was open: a database or a log that they can still read. */
function refuseGift(folder: string, file: string): void {
  const uid = lstatSync(file, { throwIfNoEntry: false })?.uid;
  const me = process.geteuid?.();
  if (uid === undefined || uid === me) return;
  const remedy = `Remove it, or make it yours (sudo chown -h ${me} '${file}'), or name another folder`;
  throw refused(folder, `holds ${path.basename(file)}, which belongs to ${describeUser(uid)}`, remedy);
}

/** Closes all files and folders below and counts them; links are not followed. Files of other users become unreachable. */
function closeBelow(root: string, folder: string): number {
  return namesIn(folder).reduce((sum, name) => {
    const file = path.join(folder, name);
    return sum + (closeEntry(root, file) ? 1 : 0) + closeBelow(root, file);
  }, 0);
}

/** Ignores missing files: runs that continue without a daemon delete files of their own. */
function namesIn(folder: string): string[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes(errnoOf(error) ?? '')) return [];
    throw error;
  }
}

/** Whether it was open and belongs to us, so that it was closed. */
function closeEntry(root: string, file: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink() || stats.uid !== process.geteuid?.()) return false;
  const mode = stats.mode & 0o777;
  if ((mode & OTHERS) === 0) return false;
  closeOne(root, file, mode);
  return true;
}

function closeOne(root: string, file: string, mode: number): void {
  const what = root === file ? 'is' : `holds ${path.relative(root, file)}, which is`;
  const open = `${what} open to other users (mode ${octal(mode)})`;
  try {
    chmodSync(file, mode & ~OTHERS);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw refused(root, `${open} and cannot be closed (${errnoOf(error)})`, ELSEWHERE);
  }
  if (((lstatSync(file, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) === 0) return;
  throw refused(root, `${open}, and its disk keeps no modes`, ELSEWHERE);
}

const ELSEWHERE = 'Name a folder on a disk that keeps modes';

function octal(mode: number): string {
  return (mode & 0o7777).toString(8);
}

function refused(folder: string, why: string, remedy: string): CosmosError {
  const message = `The state folder ${folder} ${why}. ${remedy}, with --state-dir or COSMOS_STATE_DIR.`;
  return new CosmosError('config_invalid', message, { folder });
}
