import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ensureDaemon } from '../../../daemon/cli/connect.js';
import { daemonArgv, ownArgv } from '../../../daemon/cli/install.js';
import { startDaemon } from '../../../daemon/cli/start-daemon.js';
import { systemClock } from '../../../daemon/clock.js';
import { StateDir } from '../../../daemon/state-dir.js';
import { FakeDaemon } from '../../support/fake-daemon.js';
import { tempDir } from '../../support/tmp.js';

/** A daemon as far as clients look for one: daemon.json and /healthz. */
const LISTENS = `
const fs = require('node:fs');
const server = require('node:http').createServer((request, response) => response.end('{}'));
server.listen(0, '127.0.0.1', () => {
  const at = '127.0.0.1:' + server.address().port;
  const facts = { url: 'ws://' + at + '/rpc', http: 'http://' + at, token: 't', pid: process.pid, version: '0',
    protocol: 1, startId: 's', startedAt: '2026-01-01T00:00:00.000Z' };
  fs.writeFileSync(process.argv[1] + '/daemon.json', JSON.stringify(facts));
});`;

/** A place whose install.json starts `script` with the state folder as its argument. */
function place(script: string) {
  const folder = tempDir();
  const config = path.join(folder, 'cosmos.toml');
  const stateDir = new StateDir(path.join(folder, 'state'));
  const argv = [process.execPath, '-e', script, stateDir.root];
  writeFileSync(config, '');
  writeFileSync(
    path.join(folder, 'install.json'),
    JSON.stringify({ argv, stateDir: stateDir.root, config, version: '0' }),
  );
  return { stateDir, config, clock: systemClock };
}

test('a daemon is started with the installed command line, and found once it answers', async () => {
  const here = place(LISTENS);
  const started = await ensureDaemon(here);
  onTestFinished(() => {
    process.kill(started.pid);
  });
  expect(started.startId).toBe('s');
  expect((await ensureDaemon(here)).pid).toBe(started.pid);
});

test('a daemon that ends is told with its last words and the way to see more', async () => {
  const words = JSON.stringify({ level: 60, msg: 'The database is newer than this version.' });
  const here = place(`require('node:fs').writeFileSync(process.argv[1] + '/daemon.log', ${JSON.stringify(words)})`);
  await expect(startDaemon(here)).rejects.toMatchObject({
    code: 'daemon_unreachable',
    message: expect.stringMatching(/\(The database is newer than this version\); see .*daemon\.log.*cosmos daemon run/),
  });
});

test('a program that is not there is told by name', async () => {
  const here = place('');
  const argv = ['/no/such/program'];
  writeFileSync(
    path.join(path.dirname(here.config), 'install.json'),
    JSON.stringify({ argv, stateDir: here.stateDir.root, config: here.config, version: '0' }),
  );
  await expect(startDaemon(here)).rejects.toMatchObject({
    code: 'daemon_unreachable',
    message: expect.stringContaining('/no/such/program'),
  });
});

test('a daemon that appears while ours gives way to it is the daemon', async () => {
  const here = place('process.exit(1)');
  here.stateDir.create();
  const starting = startDaemon(here);
  await FakeDaemon.start(here.stateDir.root, {});
  expect((await starting).pid).toBe(process.pid);
});

test('an install.json of another state folder is not used, a damaged one is told', () => {
  const here = place(LISTENS);
  const other = new StateDir(tempDir());
  expect(daemonArgv(other, here.config)).toEqual(ownArgv(other, here.config));
  writeFileSync(path.join(path.dirname(here.config), 'install.json'), '{');
  expect(() => daemonArgv(here.stateDir, here.config)).toThrow('cosmos daemon install');
});
