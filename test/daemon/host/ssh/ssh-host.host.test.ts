/** The contract of hosts over a real sshd: in containers of a real engine, and as plain processes. */
import { execFileSync } from 'node:child_process';
import { nanoid } from 'nanoid';
import { describe } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { SshHost } from '../../../../daemon/host/ssh/ssh-host.js';
import { RemoteStore } from '../../../../daemon/host/transfer/transfer.js';
import { hostOfFile } from '../../../gpu-host/hosts.js';
import { tinyImage } from '../../../gpu-host/tiny-image.js';
import { hostSuite } from '../../../suites/host.js';
import { containerHost, remoteOfFile } from '../../../support/containers.js';

const machine = await hostOfFile({ images: [await tinyImage()], shell: 'fish' });
const remote = await remoteOfFile(machine);

function succeeds(...argv: string[]): boolean {
  const [file = '', ...args] = machine.command(...argv);
  try {
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) !== '';
  } catch {
    return false;
  }
}

describe('SshHost with containers', () => {
  hostSuite(() => {
    const root = `${machine.root}/${nanoid()}`;
    return {
      host: containerHost(remote, root),
      again: () => containerHost(remote, root),
      // A process of a container cannot outlive it: the kernel ends all of a namespace with its first process.
      lives: () => succeeds('docker', 'container', 'ls', '--quiet'),
    };
  });
});

describe('SshHost with plain processes', () => {
  hostSuite(() => {
    const root = `${machine.root}/${nanoid()}`;
    const store = new RemoteStore(remote, root, systemClock);
    const host = () =>
      new SshHost({ id: 'gpu1', remote, store, clock: systemClock, root, owner: 'me@laptop', graceSeconds: 1 });
    return {
      host: host(),
      again: host,
      lives: (pid) => succeeds('ps', '--no-headers', '-p', String(pid), '-o', 'pid'),
    };
  });
});
