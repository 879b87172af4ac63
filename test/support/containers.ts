/** SshHost on a host of test/gpu-host: our SSH connection, the real engine, commands of this machine's programs. */
import { afterAll, afterEach } from 'vitest';
import { systemClock } from '../../daemon/clock.js';
import type { ContainerPlan, HostCommand } from '../../daemon/host/host.js';
import type { Remote } from '../../daemon/host/shell/remote.js';
import { SshHost, type SshHostOptions } from '../../daemon/host/ssh/ssh-host.js';
import { RemoteStore } from '../../daemon/host/transfer/transfer.js';
import type { GpuHost } from '../gpu-host/gpu-host.js';
import { TINY_IMAGE } from '../gpu-host/tiny-image.js';
import { connectTo } from './gpu-host-connection.js';

/** busybox, with this machine's programs and libraries lent to it, so that node runs. */
export const PLAN: ContainerPlan = {
  ...{ image: TINY_IMAGE, entrypoint: 'image', workdir: null, volumes: [], ipc: 'private', envFile: null, gpus: [] },
  mounts: ['/usr', '/lib', '/lib64'].map((folder) => ({ source: folder, target: folder, readonly: true })),
};

/** Puts every command into a container. */
export class InContainers extends SshHost {
  override start(run: string, command: HostCommand): Promise<void> {
    return super.start(run, { container: PLAN, ...command });
  }
}

export function containerHost(remote: Remote, root: string, options: Partial<SshHostOptions> = {}): InContainers {
  const store = new RemoteStore(remote, root, systemClock);
  const place = { id: 'gpu1', remote, store, clock: systemClock, root, owner: 'me@laptop', leases: `${root}/leases` };
  return new InContainers({ ...place, graceSeconds: 1, ...options });
}

/** Connected for the tests of a file; every container is gone after each of them. */
export async function remoteOfFile(machine: GpuHost): Promise<Remote> {
  const connection = await connectTo(machine);
  afterAll(() => connection.close());
  afterEach(() => removeContainers(machine));
  return connection;
}

export async function removeContainers(machine: GpuHost): Promise<void> {
  const { stdout } = await machine.docker('container', 'ls', '--all', '--quiet');
  const ids = stdout.split('\n').filter((id) => id !== '');
  if (ids.length > 0) await machine.docker('container', 'rm', '--force', ...ids);
}
