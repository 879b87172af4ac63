import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findDaemon, hasCrashed, type LocalDaemon, startDaemon } from '../../extension/src/daemon.js';
import { type Discovery, PROTOCOL_VERSION } from '../../schemas/index.js';
import { FakeDaemon } from '../support/fake-daemon.js';
import { tempDir } from '../support/tmp.js';

/** No process has it: pids end at 4,194,304. */
const NOBODY = 99_999_999;

function place(change: Partial<LocalDaemon> = {}): LocalDaemon {
  const folder = tempDir();
  return {
    stateDir: path.join(folder, 'state'),
    installFile: path.join(folder, 'install.json'),
    command: [],
    ...change,
  };
}

function install({ installFile, stateDir }: LocalDaemon, change: object = {}): void {
  const facts = { argv: ['cosmos-missing'], stateDir, config: null, version: '0.1.0' };
  writeFileSync(installFile, JSON.stringify({ ...facts, ...change }));
}

/** Rewrites daemon.json. */
function announce(stateDir: string, change: Partial<Discovery>): void {
  const file = path.join(stateDir, 'daemon.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
}

test('a daemon that answers is found; one that is gone, or never was, is not', async () => {
  const here = place();
  expect(await findDaemon(here)).toBeUndefined();
  const daemon = await FakeDaemon.start(here.stateDir, {});
  expect((await findDaemon(here))?.pid).toBe(process.pid);
  expect(hasCrashed(here.stateDir)).toBe(false);
  announce(here.stateDir, { pid: NOBODY });
  expect(await findDaemon(here)).toBeUndefined();
  expect(hasCrashed(here.stateDir)).toBe(true);
  daemon.close();
  expect(hasCrashed(here.stateDir)).toBe(false);
});

test('a process that lives and does not answer is no daemon, and none that crashed', async () => {
  const here = place();
  await FakeDaemon.start(here.stateDir, {});
  announce(here.stateDir, { http: 'http://127.0.0.1:1' });
  expect(await findDaemon(here)).toBeUndefined();
  expect(hasCrashed(here.stateDir)).toBe(false);
});

test('a process that takes the call and says nothing is told, and no second one is started beside it', async () => {
  const here = place();
  await FakeDaemon.start(here.stateDir, {});
  const mute = createServer(() => {}).listen(0, '127.0.0.1');
  onTestFinished(() => void mute.close());
  await once(mute, 'listening');
  announce(here.stateDir, { http: `http://127.0.0.1:${(mute.address() as AddressInfo).port}` });
  await expect(findDaemon(here)).rejects.toMatchObject({
    code: 'daemon_silent',
    message: expect.stringContaining(`process ${process.pid} does not answer`),
  });
});

test.each(['', '{"url": "ws://127.0', '[]', '{"url": 3}'])('a daemon.json that says %j is none', async (text) => {
  const here = place();
  mkdirSync(here.stateDir);
  writeFileSync(path.join(here.stateDir, 'daemon.json'), text);
  expect(await findDaemon(here)).toBeUndefined();
});

test.each([
  [PROTOCOL_VERSION + 1, 'Update the extension.'],
  [PROTOCOL_VERSION - 1, 'Update the daemon.'],
])('a daemon of protocol %i: who has to be updated', async (protocol, remedy) => {
  const here = place();
  await FakeDaemon.start(here.stateDir, {});
  announce(here.stateDir, { protocol });
  const problem = {
    code: 'protocol_mismatch',
    remedies: ['update', 'retry'],
    message: expect.stringContaining(remedy),
  };
  await expect(findDaemon(here)).rejects.toMatchObject(problem);
});

test('not set up: what does it', async () => {
  await expect(startDaemon(place())).rejects.toMatchObject({
    code: 'not_installed',
    message: 'Cosmos Bridge is not set up on this machine yet.',
    remedies: ['install'],
  });
});

test.each(['', '{"argv": []}', 'nonsense'])('an install.json that says %j is damaged', async (text) => {
  const here = place();
  writeFileSync(here.installFile, text);
  await expect(startDaemon(here)).rejects.toMatchObject({
    code: 'config_invalid',
    message: `${here.installFile} is damaged: set Cosmos Bridge up again, which writes it anew.`,
    remedies: ['install'],
  });
});

test('an installed daemon of another state folder is not started', async () => {
  const here = place();
  install(here, { stateDir: '/elsewhere' });
  await expect(startDaemon(here)).rejects.toMatchObject({ code: 'config_invalid', remedies: ['settings', 'install'] });
});

test('a program that is not there', async () => {
  const here = place();
  install(here);
  await expect(startDaemon(here)).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining('The daemon could not be started (cosmos-missing)'),
    remedies: ['install', 'start'],
  });
});

test('a state folder that cannot be made', async () => {
  const here = place({ stateDir: path.join('/dev/null', 'state'), command: [process.execPath, '-e', ''] });
  await expect(startDaemon(here)).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining('/dev/null/state'),
  });
});

/** A launcher of ours, which leaves a daemon behind that refuses, as daemon/main.ts logs it. */
const REFUSES = `require('node:fs').appendFileSync(process.argv[1] + '/daemon.log',
  JSON.stringify({ msg: 'the daemon did not start', err: { message: 'No ffmpeg was found.' } }) + '\\n')`;

test.each([
  [
    'what it printed',
    `console.error('Error: cosmos.toml:2: there is no such key.'); process.exit(1)`,
    'cosmos.toml:2: there is no such key.',
  ],
  ['how it ended', 'process.exit(3)', `${process.execPath} ended with exit code 3.`],
  ['what it logged', REFUSES, 'No ffmpeg was found.'],
])('one that ends at once is not waited for, and told by %s', async (_, script, words) => {
  const stateDir = path.join(tempDir(), 'state');
  mkdirSync(stateDir);
  const stale = `${JSON.stringify({ msg: 'the daemon did not start', err: { message: 'of yesterday' } })}\n`;
  writeFileSync(path.join(stateDir, 'daemon.log'), stale);
  const here = place({ stateDir, command: [process.execPath, '-e', script, stateDir] });
  await expect(startDaemon(here)).rejects.toMatchObject({
    code: 'start_failed',
    message: `The daemon did not start: ${words}`,
    remedies: ['start', 'log', 'install'],
    data: { log: path.join(stateDir, 'daemon.log') },
  });
});
