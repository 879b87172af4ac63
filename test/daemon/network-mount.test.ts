import { expect, test } from 'vitest';
import { networkType } from '../../daemon/network-mount.js';

const MOUNTS = `
/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ann/local ext4 rw 0 0
//nas/shots /mnt/my\\040shots cifs rw 0 0
me@farm:/data /mnt/farm fuse.sshfs rw 0 0
overlay /mnt/over overlay rw 0 0
proc /proc proc rw 0 0
`;

test.each([
  ['/var/lib/cosmos', undefined],
  ['/home/ann/.local/share/cosmos', 'nfs4'],
  ['/home/ann/local/cosmos', undefined],
  ['/homework', undefined],
  ['/mnt/my shots/state', 'cifs'],
  ['/mnt/farm', 'fuse.sshfs'],
  ['/mnt/over/state', undefined],
  ['\\\\nas\\shots\\state', 'UNC path'],
  ['\\\\?\\C:\\state', undefined],
  ['C:\\state', undefined],
])('%s is on a network drive: %s', (folder, type) => {
  expect(networkType(folder, MOUNTS)).toBe(type);
});
