/** Whether a folder lies on a network drive: the one rule for the lock that refuses it and the doctor that says so. */
import { readFileSync, realpathSync } from 'node:fs';

/** The kind of network drive that an existing folder is on; undefined = a disk of this machine. */
export function networkMount(folder: string): string | undefined {
  return networkType(realpathSync.native(folder), readMounts());
}

/** /proc/mounts; empty where there is none (macOS, Windows). */
function readMounts(): string {
  try {
    return readFileSync('/proc/mounts', 'utf8');
  } catch {
    return ''; // not Linux
  }
}

/** File systems whose locks or shared memory SQLite must not trust (sqlite.org/wal.html: one machine only). */
const NETWORK =
  /^(nfs\d?|cifs|smb\d?|smbfs|afs|ceph|lustre|beegfs|gpfs|glusterfs|fuse\.(sshfs|glusterfs|rclone|s3fs))$/;

/** The kind of network drive that an absolute folder is on, by its UNC path or the text of /proc/mounts. */
export function networkType(folder: string, mounts: string): string | undefined {
  if (/^\\\\[^?.]/.test(folder)) return 'UNC path';
  const on = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .map(([, point = '', type = '']) => ({ point: unescapeOctal(point), type }))
    .filter(({ point }) => point !== '' && isInside(folder, point))
    .reduce((deepest, mount) => (mount.point.length >= deepest.point.length ? mount : deepest), {
      point: '',
      type: '',
    });
  return NETWORK.test(on.type) ? on.type : undefined;
}

function isInside(folder: string, point: string): boolean {
  return folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`);
}

/** The kernel writes blanks and backslashes of a path as octal. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
