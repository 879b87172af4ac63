/**
 * Whether a folder is on a drive to which other machines write too: their writes send us no events, so folders
 * are listed instead, and SQLite's locks do not hold (sqlite.org/wal.html: one machine only).
 *
 * The table of mounts is the source, not statfs: that has one number for all of FUSE (linux/magic.h), be it a disk
 * (ntfs-3g) or a server (sshfs), has other numbers on macOS from boot to boot, and waits for a server that is away.
 */
import { readFile, realpath } from 'node:fs/promises';

/** A mounted file system. */
export interface Mount {
  /** Absolute folder. */
  readonly point: string;
  readonly type: string;
  readonly isNetwork: boolean;
}

/** The kind of network drive that an existing folder is on; undefined = a disk of this machine. */
export async function networkMount(folder: string): Promise<string | undefined> {
  return networkMountOf(await withoutLinks(folder));
}

/** As {@link networkMount}, of a path without links; the folder itself is not touched. */
export async function networkMountOf(real: string): Promise<string | undefined> {
  return networkType(real, await readMounts());
}

/**
 * The real path of an existing folder. On Windows the letter of a mapped drive becomes its share
 * (GetFinalPathNameByHandle); some drives (RAM disks, Google Drive) refuse to tell, and then the path stays as it is.
 */
function withoutLinks(folder: string): Promise<string> {
  return realpath(folder).catch(() => folder);
}

/** The mounts of this machine. Empty on Windows, where the path itself is enough. */
async function readMounts(): Promise<Mount[]> {
  try {
    if (process.platform === 'linux') return linuxMounts(await readFile('/proc/mounts', 'utf8'));
    if (process.platform === 'darwin') return await readMacMounts();
  } catch {
    // Unknown: treated as a local disk.
  }
  return [];
}

/** The mounts of macOS. It starts a process, so it is called on macOS only. */
export async function readMacMounts(): Promise<Mount[]> {
  const { runProcess } = await import('./process.js');
  return macMounts((await runProcess('/sbin/mount', [])).stdout);
}

/** The kind of network drive that an absolute folder without links is on. */
export function networkType(folder: string, mounts: readonly Mount[]): string | undefined {
  if (/^\\\\[^?.]/.test(folder)) return 'UNC path';
  const on = mountOf(folder, mounts);
  return on?.isNetwork === true ? on.type : undefined;
}

/** The mount that an absolute path without links lies on. */
export function mountOf(file: string, mounts: readonly Mount[]): Mount | undefined {
  return mounts
    .filter(({ point }) => file === point || file.startsWith(point.endsWith('/') ? point : `${point}/`))
    .reduce<Mount | undefined>((deepest, mount) => {
      return mount.point.length >= (deepest?.point.length ?? 0) ? mount : deepest; // the later one covers the earlier
    }, undefined);
}

/** By the text of /proc/mounts (proc(5)); the kernel writes blanks and backslashes of a path as octal. */
export function linuxMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, point, type] = line.split(' ');
    if (point === undefined || type === undefined) return [];
    const plain = point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    return [{ point: plain, type, isNetwork: isNetwork(type) }];
  });
}

/** By what mount(8) of macOS prints: "//ann@nas/shots on /Volumes/shots (smbfs, nodev)"; disks are called local. */
export function macMounts(text: string): Mount[] {
  return [...text.matchAll(/^.* on (\/.*) \(([^(),]+)((?:, [^(),]+)*)\)$/gm)].map(
    ([, point = '', type = '', flags = '']) => {
      return { point, type, isNetwork: !flags.split(', ').includes('local') && type !== 'autofs' };
    },
  );
}

/**
 * Servers, clusters, and folders of the machine around this one: of WSL, of a container, of a virtual machine. Names as
 * they register (Linux Documentation/filesystems, each maker's mount(8) page).
 */
const NETWORK = new Set([
  ...[
    'nfs',
    'nfs3',
    'nfs4',
    'cifs',
    'smb',
    'smb2',
    'smb3',
    'smbfs',
    'afs',
    'auristorfs',
    'coda',
    'ncpfs',
    'ncp',
    'webdav',
  ],
  ...[
    'ceph',
    'lustre',
    'beegfs',
    'fhgfs',
    'gpfs',
    'mmfs',
    'glusterfs',
    'orangefs',
    'pvfs2',
    'panfs',
    'wekafs',
    'juicefs',
  ],
  ...['gfs', 'gfs2', 'ocfs2', 'cvfs', 'cxfs', 'quobyte', 'scoutfs', 'vast', 'curvefs', 'moosefs', 'lizardfs'],
  ...['9p', 'v9fs', 'drvfs', 'virtiofs', 'vboxsf', 'vmhgfs', 'prl_fs', 'fakeowner', 'grpcfuse', 'osxfs'],
]);

/**
 * FUSE programs that show disks of this machine, or other folders of it: encrypted, joined, under other names. All others
 * count as network (sshfs, rclone, s3fs, goofys, gcsfuse, blobfuse2, mount-s3, ceph-fuse, davfs2, mfs, juicefs, weka,
 * vmhgfs-fuse, gvfsd-fuse, kio-fuse, ...): many call themselves plain "fuse", new ones come every year, and to list a disk
 * more often than needed does less harm than to miss a render. Names are subtypes, mount.fuse3(8).
 */
const LOCAL_FUSE = new Set([
  ...[
    'ntfs',
    'ntfs-3g',
    'lowntfs-3g',
    'exfat',
    'ext2',
    'ext4',
    'fuse2fs',
    'zfs',
    'apfs-fuse',
    'dislocker',
    'veracrypt',
  ],
  ...['encfs', 'gocryptfs', 'cryfs', 'securefs', 'mergerfs', 'mhddfs', 'unionfs', 'unionfs-fuse', 'bindfs', 'portal'],
  ...['fuse-overlayfs', 'overlayfs', 'squashfuse', 'squashfuse_ll', 'snapfuse', 'archivemount', 'lxcfs'],
]);

function isNetwork(type: string): boolean {
  const [driver = '', program = ''] = type.split(/\.(.*)/, 2);
  if (driver === 'fuse') return !LOCAL_FUSE.has(program);
  return NETWORK.has(driver); // fuseblk is a disk
}
