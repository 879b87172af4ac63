/** A host connected as a person does it: one command after the other, against a real machine. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Host } from '../../../schemas/index.js';
import { hostOfTest } from '../../gpu-host/hosts.js';
import { TINY_IMAGE, tinyImage } from '../../gpu-host/tiny-image.js';
import { runCosmos } from '../../support/cosmos.js';
import { workspace } from '../../support/daemon.js';

test('add, trust, add again: the host is listed at once and every check is well', async () => {
  const machine = await hostOfTest({ images: [await tinyImage()] });
  const space = workspace('# my hosts\n[local]\nslots = 2\n');
  const { address, port, user, identityFile } = machine;
  const block = `Host gpu\n  HostName ${address}\n  Port ${port}\n  User ${user}\n  IdentityFile ${identityFile}\n`;
  mkdirSync(path.join(space.folder, '.ssh'), { mode: 0o700 });
  writeFileSync(path.join(space.folder, '.ssh', 'config'), block);
  const env = { HOME: space.folder };
  const cosmos = (...args: string[]) =>
    runCosmos({ stateDir: space.stateDir, cwd: space.folder, env }, '--config', space.config, ...args);
  onTestFinished(async () => {
    await cosmos('daemon', 'stop');
  });
  const engine = ['--image', `cosmos3=${TINY_IMAGE}`, '--gpus', '2'];
  const add = ['host', 'add', 'gpu1', '--ssh', 'gpu', '--ownership', 'mine', ...engine];

  const unknown = await cosmos(...add);
  expect(unknown.stdout).toContain(`cosmos host trust gpu ${machine.hostKey}`);
  expect(unknown.code).toBe(1);
  expect(machine.serverLog()).not.toContain('userauth-request');

  expect(await cosmos('host', 'trust', 'gpu', machine.hostKey)).toMatchObject({ code: 0 });
  const added = await cosmos(...add);
  expect(added.stdout + added.stderr).not.toContain('fail');
  expect(added.stdout).toContain(`${machine.home}/cosmos-bridge can be made`);
  expect(added.stdout).toContain(`A container of ${TINY_IMAGE} was given the GPUs.`);
  expect(added.code).toBe(0);
  expect(readFileSync(space.config, 'utf8')).toMatch(/^# my hosts\n\[local\]\nslots = 2\n\n\[\[host\]\]\n/);

  const shown = async () => Host.array().parse(JSON.parse((await cosmos('host', 'ls', '--json')).stdout));
  expect(await shown()).toContainEqual(expect.objectContaining({ id: 'gpu1', kind: 'ssh', engines: ['cosmos3'] }));
  expect(await cosmos('host', 'test', 'gpu1')).toMatchObject({ code: 0, stderr: 'gpu1 can run jobs.\n' });

  await machine.replaceHostKey();
  await cosmos('daemon', 'stop');
  const key = { code: 'host_key_changed', data: { host: 'gpu', fingerprint: machine.hostKey } };
  const isSeen = async () => expect(await shown()).toMatchObject([{ id: 'local' }, { id: 'gpu1', problem: key }]);
  await vi.waitFor(isSeen, { interval: 250 }); // by the daemon's own look at its start
  const changed = await cosmos('host', 'test', 'gpu1');
  expect(changed.code).toBe(1);
  expect(changed.stdout).toMatch(/fail {2}host key +The key of gpu has changed: known is SHA256:/);
  const doctor = await cosmos('doctor', '--json');
  expect(JSON.parse(doctor.stdout).findings).toContainEqual(
    expect.objectContaining({ name: 'Host gpu1', level: 'fail', message: expect.stringContaining('has changed') }),
  );
});
