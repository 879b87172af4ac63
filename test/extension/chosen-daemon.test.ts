import { getEventListeners, once } from 'node:events';
import { mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { ConfiguredDaemons, tokenKey } from '../../extension/src/chosen-daemon.js';
import type { DaemonSettings } from '../../extension/src/settings.js';
import { tempDir } from '../support/tmp.js';

const URL_ELSEWHERE = 'ws://127.0.0.1:7777/rpc';

function daemons(change: Partial<DaemonSettings> = {}, secrets: Readonly<Record<string, string>> = {}) {
  const stateDir = tempDir();
  const settings = {
    stateDir,
    installFile: path.join(stateDir, 'install.json'),
    command: [],
    autoStart: true,
    url: '',
  };
  return new ConfiguredDaemons(() => ({ ...settings, ...change }), { get: async (key) => secrets[key] });
}

/** Handles of this process. */
function handles(kind: 'FSEventWrap' | 'Timeout'): number {
  return process.getActiveResourcesInfo().filter((name) => name === kind).length;
}

test('a daemon elsewhere is found with its token, which is asked for while it is not known', async () => {
  const url = URL_ELSEWHERE;
  const known = daemons({ url }, { [tokenKey(url)]: 'secret' });
  expect(await known.find()).toEqual({ url, token: 'secret' });
  await expect(daemons({ url }).find()).rejects.toMatchObject({
    code: 'unauthorized',
    remedies: ['token', 'settings'],
  });
});

test('a daemon elsewhere is never started from here', async () => {
  const elsewhere = daemons({ url: URL_ELSEWHERE });
  expect([elsewhere.autoStart, await elsewhere.hasCrashed()]).toEqual([false, false]);
  await expect(elsewhere.start()).rejects.toThrow('can only be started there');
});

test('a change in the state folder is worth a look', async () => {
  const stateDir = tempDir();
  const waiting = daemons({ stateDir }).mayHaveCome(new AbortController().signal);
  writeFileSync(path.join(stateDir, 'daemon.json'), '{}');
  await waiting;
});

test.each([
  ['beside other files', ''],
  ['in a folder that is not there yet', 'config/cosmos-bridge'],
])('an install.json that appears %s is worth a look, and changes what a start would run', async (_, inside) => {
  const folder = tempDir();
  const installFile = path.join(folder, inside, 'install.json');
  const here = daemons({ installFile });
  expect([here.setUp(), here.idle().code]).toEqual([undefined, 'not_installed']);
  const looks = (async () => {
    while (here.setUp() === undefined) await here.mayHaveCome(new AbortController().signal);
  })();
  mkdirSync(path.dirname(installFile), { recursive: true });
  writeFileSync(installFile, '{}');
  await looks;
  const first = here.setUp();
  expect(here.idle().code).toBe('daemon_unreachable');
  const again = here.mayHaveCome(new AbortController().signal);
  writeFileSync(installFile, '{"argv": []}');
  await again;
  expect(here.setUp()).not.toBe(first);
  rmSync(installFile);
  expect(here.setUp()).toBeUndefined();
});

test('what happens beside install.json is not worth a look', async () => {
  const installFile = path.join(tempDir(), 'install.json');
  const looking = new AbortController();
  let looks = 0;
  const waiting = daemons({ installFile })
    .mayHaveCome(looking.signal)
    .then(() => looks++);
  const ours = watch(path.dirname(installFile)); // the younger of the two: what it hears, the other one has heard
  writeFileSync(path.join(path.dirname(installFile), 'cosmos.toml'), '');
  await once(ours, 'change');
  await new Promise((resolve) => setImmediate(resolve));
  expect(looks).toBe(0);
  ours.close();
  looking.abort();
  await waiting;
});

test('nothing has to be set up for a daemon elsewhere, or for a command of the settings', () => {
  expect(daemons({ url: URL_ELSEWHERE }).setUp()).toBeDefined();
  expect(daemons({ command: ['cosmosd'] }).setUp()).not.toBe(daemons({ command: ['other'] }).setUp());
});

test('thousands of rounds of waiting leave no listener, timer or watcher behind', async () => {
  const waits = [daemons(), daemons({ url: URL_ELSEWHERE }), daemons({ stateDir: '/nowhere/at/all' })];
  const before = handles('Timeout');
  for (let round = 0; round < 1000; round++) {
    const retrying = new AbortController();
    const rounds = waits.map((each) => each.mayHaveCome(retrying.signal));
    retrying.abort();
    await Promise.all(rounds);
    expect(getEventListeners(retrying.signal, 'abort')).toEqual([]);
  }
  expect(handles('Timeout') - before).toBeLessThan(10); // the test runner has some of its own
  await vi.waitFor(() => expect(handles('FSEventWrap')).toBe(0)); // closed in the next turns
});
