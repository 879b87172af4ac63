/** RemoteStore over a real SSH connection. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { RemoteStore } from '../../../../daemon/host/transfer/transfer.js';
import { GpuHost } from '../../../gpu-host/gpu-host.js';
import type { GpuHostOptions } from '../../../gpu-host/options.js';
import { remoteStoreSuite } from '../../../suites/remote-store.js';
import { contentOf, MB, unfinished, visible } from '../../../support/contents.js';
import { connectTo } from '../../../support/gpu-host-connection.js';
import { clientOf, connected } from '../../../support/ssh-client.js';
import { tempDir } from '../../../support/tmp.js';

const never = new AbortController().signal;

describe('over SSH', () => {
  remoteStoreSuite(async () => {
    const { sshd, connection } = await connected();
    const root = path.join(sshd.home, 'root');
    const { uid, gid } = ownerOf(sshd.home);
    return { remote: connection, root, own: () => execFileSync('chown', ['-hR', `${uid}:${gid}`, root]) };
  });
});

describe('a server that dies', () => {
  test('while a big file is sent: a new connection sends the rest', async () => {
    const { sshd, connection } = await connected();
    const root = path.join(sshd.home, 'root');
    const file = contentOf(tempDir(), 'big', 150 * MB);
    const gone = new Promise<void>((resolve) => connection.onClose(() => resolve()));
    const broken = new RemoteStore(connection, root, systemClock, 'daemon').ensure([file], never, (bytes) => {
      if (bytes > 60 * MB) void sshd.kill();
    });
    await expect(broken).rejects.toMatchObject({ code: 'host_connection_lost' });
    await gone;
    expect(visible(root)).toEqual([]);
    await sshd.start();
    const again = new RemoteStore(await clientOf(sshd).open('gpu'), root, systemClock, 'daemon');
    expect((await again.ensure([file], never)).sentBytes).toBeLessThan(100 * MB);
    expect(visible(root)).toEqual([file.sha256]);
    expect(unfinished(root)).toEqual([]);
  });

  test('while a big file is fetched: a new connection fetches the rest', async () => {
    const { sshd, connection } = await connected();
    const root = path.join(sshd.home, 'root');
    const file = contentOf(sshd.home, 'big', 150 * MB);
    const to = path.join(tempDir(), 'got');
    const store = new RemoteStore(connection, root, systemClock);
    const wanted = [{ from: file.from, to }];
    const broken = store.fetch(wanted, never, (bytes) => {
      if (bytes > 60 * MB) void sshd.kill();
    });
    await expect(broken).rejects.toMatchObject({ code: 'host_connection_lost' });
    expect(existsSync(to)).toBe(false);
    await sshd.start();
    const seen: number[] = [];
    const again = new RemoteStore(await clientOf(sshd).open('gpu'), root, systemClock);
    await again.fetch(wanted, never, (bytes) => seen.push(bytes));
    expect(seen.find((bytes) => bytes > 0)).toBeGreaterThan(50 * MB);
    expect(readFileSync(to).equals(readFileSync(file.from))).toBe(true);
  });
});

describe('a host with a small disk', () => {
  async function small(options: GpuHostOptions = {}) {
    const machine = await GpuHost.up({ docker: false, homeBytes: 64 * MB, ...options });
    onTestFinished(() => machine.down());
    const connection = await connectTo(machine);
    onTestFinished(() => connection.close());
    return { machine, store: new RemoteStore(connection, machine.root, systemClock, 'daemon') };
  }

  test('says how much is needed and free before the first byte is sent', async () => {
    const { machine, store } = await small();
    const file = contentOf(tempDir(), 'big', 100 * MB);
    const error = await store.ensure([file], never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'disk_full', data: { needed: 100 * MB, root: machine.root } });
    expect(error).toMatchObject({ message: expect.stringMatching(/105 MB are needed, \d+(\.\d+)? MB are free/) });
    expect(unfinished(machine.root)).toEqual([]);
  });

  test.each([
    ['a big file', [40]],
    ['many small files', Array.from({ length: 20 }, () => 2)],
  ])('that fills up while %s is sent says so, and goes on when there is room', async (_, megabytes) => {
    // At 100 Mbit/s the disk is full before the last of 40 MB can have come.
    const { machine, store } = await small({ wan: { roundTripMs: 1, megabits: 100 } });
    const local = tempDir();
    const files = megabytes.map((size, index) => contentOf(local, `f${index}`, size * MB));
    let filling: Promise<void> | undefined;
    const broken = store.ensure(files, never, (bytes) => {
      if (bytes > 0) filling ??= machine.fillDisk(10 * MB);
    });
    await expect(broken).rejects.toMatchObject({ code: 'disk_full' });
    await filling;
    visible(machine.root);
    await machine.freeDisk();
    await store.ensure(files, never);
    expect(visible(machine.root)).toHaveLength(files.length);
  });

  test('a folder of somebody else is refused with a sentence', async () => {
    const { machine } = await small();
    await machine.sh('mkdir -m 700 "$1"', path.posix.join(machine.home, 'locked'));
    const connection = await connectTo(machine);
    onTestFinished(() => connection.close());
    const store = new RemoteStore(connection, path.posix.join(machine.home, 'locked'), systemClock);
    const refused = store.ensure([contentOf(tempDir(), 'a', 'x')], never);
    await expect(refused).rejects.toMatchObject({ code: 'host_file_failed', message: expect.stringMatching(/locked/) });
  });

  test('where hard links are refused, copies are placed', async () => {
    const { machine, store } = await small();
    const elsewhere = '/dev/shm/cosmos-elsewhere';
    await machine.sh('mkdir -m 777 "$1"', elsewhere);
    const file = contentOf(tempDir(), 'a', 'copied');
    await store.ensure([file], never);
    await store.place([{ ...file, to: "it's here" }], elsewhere);
    const { stdout } = await machine.sh(
      'cat "$1"; stat -c "%h %a" "$1"; ls -A "$2"; rm -r "$2"',
      `${elsewhere}/it's here`,
      elsewhere,
    );
    expect(stdout).toBe("copied1 600\nit's here\n");
  });
});

function ownerOf(folder: string): { uid: string; gid: string } {
  const [uid = '', gid = ''] = execFileSync('stat', ['-c', '%u %g', folder], { encoding: 'utf8' }).trim().split(' ');
  return { uid, gid };
}
