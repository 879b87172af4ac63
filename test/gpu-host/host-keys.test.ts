/** A host whose key is not trusted, or that refuses our login: the job waits and continues after the user has acted. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { execute } from './execute.js';
import { expectAftermath } from './faults/aftermath.js';
import type { GpuHost } from './gpu-host.js';
import { hostOfTest } from './hosts.js';
import { RemoteWorld, type WorldOptions } from './remote-world.js';
import { simImage } from './sim/image.js';

const images = [await simImage()];
const DONE = { starts: 1, attempts: 1 };

/** A job that has come as far as it can without the host, and what `cosmos host ls` says of the host. */
async function blocked(options: (host: GpuHost) => Promise<WorldOptions> | WorldOptions) {
  const host = await hostOfTest({ images });
  const world = await RemoteWorld.on(host, await options(host));
  world.writeClip();
  const id = await world.submit();
  await world.awaitJob(id, ({ state }) => state === 'staging');
  const reason = await world.awaitAway();
  expect(await world.job(id)).toMatchObject({ state: 'staging', error: null });
  return { host, world, id, reason };
}

/** The file that the options of ssh name. */
function knownHosts({ sshOptions }: GpuHost): string {
  return sshOptions.find((option) => option.startsWith('UserKnownHostsFile='))?.split('=')[1] ?? '';
}

/** sshd's words for an attempt to log in, of whatever kind (LogLevel DEBUG1). */
const AUTHENTICATION = /userauth-request|Accepted|Failed|Invalid user|Postponed/;

test('an unknown key: nothing is tried before it is trusted; then the job goes on by itself', async () => {
  const { host, world, id, reason } = await blocked(() => ({ ssh: ['UserKnownHostsFile=none'] }));
  expect(reason).toContain('The key of gpu1 is not known: ssh-ed25519');
  expect(reason).toContain(`cosmos host trust gpu1 ${host.hostKey}`);
  expect(host.serverLog()).not.toMatch(AUTHENTICATION);

  expect(await world.cosmos('host', 'trust', 'gpu1', host.hostKey)).toMatchObject({ code: 0 });
  await expectAftermath(world, id, DONE);
});

test('a changed key: nothing is tried before the new one is trusted; then the job goes on by itself', async () => {
  const { host, world, id, reason } = await blocked(async (fresh) => {
    const before = path.join(path.dirname(fresh.identityFile), 'known_before');
    copyFileSync(knownHosts(fresh), before);
    await fresh.replaceHostKey();
    return { ssh: [`UserKnownHostsFile=${before}`] };
  });
  expect(reason).toContain('The key of gpu1 has changed');
  expect(reason).toContain('nothing was sent to the host');
  expect(host.serverLog()).not.toMatch(AUTHENTICATION);

  expect(await world.cosmos('host', 'trust', 'gpu1', host.hostKey)).toMatchObject({ code: 0 });
  await expectAftermath(world, id, DONE);
});

test('a wrong user is told apart from a wrong key of the host, and corrected in ~/.ssh/config', async () => {
  const { host, world, id, reason } = await blocked(() => ({ ssh: ['User=nobody-here'] }));
  expect(reason).toContain('nobody-here');
  expect(host.serverLog()).toContain('Invalid user nobody-here');
  world.writeSshConfig();
  await expectAftermath(world, id, DONE);
});

test('a locked key is opened once, and its passphrase is nowhere on the disk', async () => {
  const passphrase = 'correct horse battery staple';
  let identity = '';
  const { world, id, reason } = await blocked(async (host) => {
    identity = await host.lockedIdentity(passphrase);
    return { ssh: [`IdentityFile=${identity}`, 'IdentitiesOnly=yes'] };
  });
  expect(reason).toContain(identity);
  await (await world.connection()).call('host.unlock', { file: identity, passphrase });
  await expectAftermath(world, id, DONE);
  expect((await execute(['grep', '-rlF', passphrase, world.space.folder])).stdout).toBe('');
});
