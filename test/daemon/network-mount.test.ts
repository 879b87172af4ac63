import { expect, test } from 'vitest';
import { linuxMounts, macMounts, networkMount, networkType } from '../../daemon/network-mount.js';
import { tempDir } from '../support/tmp.js';

const LINUX = linuxMounts(`
/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ann/local ext4 rw 0 0
//nas/shots /mnt/my\\040shots cifs rw 0 0
me@farm:/data /mnt/farm fuse.sshfs rw 0 0
overlay /mnt/over overlay rw 0 0
systemd-1 /mnt/auto autofs rw 0 0
server:/auto /mnt/auto nfs rw 0 0
server:/old /mnt/covered nfs rw 0 0
/dev/sdc1 /mnt/covered ext4 rw 0 0
C:\\134 /mnt/c 9p rw,dirsync,aname=drvfs;path=C:\\;uid=1000;gid=1000;symlinkroot=/mnt/,mmap,access=client,msize=65536,trans=fd,rfd=3,wfd=3 0 0
D: /mnt/d drvfs rw,noatime,uid=1000,gid=1000 0 0
drivers /usr/lib/wsl/drivers 9p ro,nosuid,nodev 0 0
proc /proc proc rw 0 0
`);

test.each([
  ['/var/lib/cosmos', undefined],
  ['/home/ann/.local/share/cosmos', 'nfs4'],
  ['/home/ann/local/cosmos', undefined],
  ['/homework', undefined],
  ['/mnt/my shots/state', 'cifs'],
  ['/mnt/farm', 'fuse.sshfs'],
  ['/mnt/over/state', undefined],
  ['/mnt/auto/a', 'nfs'],
  ['/mnt/covered/a', undefined],
  ['/mnt/c/Users/ann/renders', '9p'],
  ['/mnt/d', 'drvfs'],
  ['/mnt/cd', undefined],
  ['\\\\nas\\shots\\state', 'UNC path'],
  ['\\\\wsl.localhost\\Ubuntu\\home\\ann', 'UNC path'],
  ['\\\\?\\C:\\state', undefined],
  ['C:\\state', undefined],
])('%s is on a network drive: %s', (folder, type) => {
  expect(networkType(folder, LINUX)).toBe(type);
});

const onType = (type: string) => networkType('/mnt/x/state', linuxMounts(`some /mnt/x ${type} rw 0 0\n`));

test.each(
  `nfs nfs4 cifs smb3 smbfs afs coda ncpfs 9p v9fs drvfs virtiofs vboxsf vmhgfs prl_fs fakeowner ceph lustre beegfs gpfs
   wekafs juicefs glusterfs orangefs pvfs2 panfs gfs2 ocfs2 fuse fuse.sshfs fuse.rclone fuse.s3fs fuse.glusterfs
   fuse.juicefs fuse.vmhgfs-fuse fuse.gcsfuse fuse.goofys fuse.mount-s3 fuse.blobfuse2 fuse.ceph-fuse fuse.weka
   fuse.lizardfs fuse.mfs fuse.davfs fuse.gvfsd-fuse fuse.kio-fuse fuse.prl_fsd fuse.quobyte@reg/vol
   fuse.of-next-year`.split(/\s+/),
)('%s counts as a network drive', (type) => {
  expect(onType(type)).toBe(type);
});

test.each(
  `ext4 xfs btrfs zfs tmpfs overlay squashfs ecryptfs ntfs3 exfat vfat f2fs bcachefs wslfs lxfs fuseblk fuse.ntfs-3g
   fuse.portal fuse.mergerfs fuse.unionfs fuse.bindfs fuse.encfs fuse.gocryptfs fuse.cryfs fuse.fuse-overlayfs
   fuse.lxcfs`.split(/\s+/),
)('%s counts as a disk of this machine', (type) => {
  expect(onType(type)).toBeUndefined();
});

const MAC = macMounts(`/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//ann@nas._smb._tcp.local/my%20shots on /Volumes/my shots (smbfs, nodev, nosuid, mounted by ann)
server:/export on /Volumes/server on nfs (nfs, asynchronous)
ann@farm:/data on /Users/ann/farm (macfuse, nodev, nosuid, synchronous, mounted by ann)
/dev/disk5s2 on /Volumes/Stick (exfat, local, nodev, nosuid, noowners)
`);

test.each([
  ['/Users/ann/state', undefined],
  ['/Volumes/my shots/a', 'smbfs'],
  ['/Volumes/server on nfs/a', 'nfs'],
  ['/Users/ann/farm', 'macfuse'],
  ['/Volumes/Stick/a', undefined],
  ['/System/Volumes/Data/home', undefined],
])('on macOS %s is on a network drive: %s', (folder, type) => {
  expect(networkType(folder, MAC)).toBe(type);
});

test('a folder of this machine, by its own table of mounts', async () => {
  expect(await networkMount(tempDir())).toBeUndefined();
});
