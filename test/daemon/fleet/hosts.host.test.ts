/** Connecting a host by its real sshd: unknown and changed keys, locked keys, wrong users, and the entry in cosmos.toml. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { loadConfig } from '../../../daemon/config.js';
import { Hosts, type HostsOptions } from '../../../daemon/fleet/hosts.js';
import { Passphrases } from '../../../daemon/fleet/passphrases.js';
import { Keychain } from '../../../daemon/host/shell/keys/keychain.js';
import type { HostCheck, HostDraft, HostQuestion } from '../../../schemas/index.js';
import { connected, hostBlock, SshClient } from '../../support/ssh-client.js';
import { keygen, Sshd } from '../../support/sshd.js';
import { tempDir } from '../../support/tmp.js';

interface Stage extends Partial<HostsOptions> {
  /** Lines of sshd_config. */
  readonly config?: readonly string[];
}

const DRAFT: HostDraft = { name: 'gpu1', ssh: 'gpu', ownership: 'mine' };

async function stage(block?: (sshd: Sshd) => string, { config = [], ...more }: Stage = {}) {
  const sshd = await Sshd.up({ config });
  const client = new SshClient().config(`Host gpu\n${(block ?? hostBlock)(sshd)}`);
  const configFile = path.join(tempDir(), 'cosmos.toml');
  const passphrases = new Passphrases();
  let cleared = 0;
  const hosts = new Hosts({
    ...{ configFile, passphrases, clock: systemClock, knownHosts: client.knownHosts, engines: new Map() },
    ...more,
    keychain: new Keychain(passphrases.ask),
    environment: () => client.environment,
    onCleared: () => {
      cleared += 1;
    },
  });
  return { sshd, client, hosts, configFile, cleared: () => cleared };
}

test('an unknown key stops everything before login, and its command makes it known', async () => {
  const { sshd, hosts, configFile, cleared } = await stage();
  const before = await hosts.probe('gpu');
  expect(before.ok).toBe(false);
  expect(states(before.checks)).toEqual({ reachable: 'ok', 'host key': 'failed', login: 'skipped', shell: 'skipped' });
  const key = before.checks.find(({ code }) => code === 'host_key_unknown');
  expect(key?.remedy).toBe(`When the fingerprint is the right one: cosmos host trust gpu ${sshd.fingerprint}`);
  expect(sshd.log()).not.toContain('userauth-request');
  expect(await hosts.add(DRAFT, true)).toMatchObject({ added: false }); // nobody has seen its home folder yet
  expect(existsSync(configFile)).toBe(false);

  await expect(hosts.trust('gpu', `SHA256:${'A'.repeat(43)}`)).rejects.toThrow('nothing was trusted');
  await hosts.trust('gpu', sshd.fingerprint);
  expect(cleared()).toBe(1);
  const well = { 'host key': 'ok', login: 'ok', shell: 'ok', ownership: 'skipped' }; // nobody has said whose it is
  expect(states((await hosts.probe('gpu')).checks)).toMatchObject(well);
});

test('what ssh would do differently is said first, also when the host cannot be reached', async () => {
  const { sshd, hosts } = await stage((server) => `${hostBlock(server)}  StrictHostKeyChecking no\n`);
  const said = { check: 'reachable', state: 'warning', code: 'ssh_config_differs' };
  const [first, second] = (await hosts.probe('gpu')).checks;
  expect(first).toMatchObject({
    ...said,
    message: expect.stringMatching(/^~\/\.ssh\/config:6: StrictHostKeyChecking.*\.$/),
  });
  expect(second).toMatchObject({ check: 'reachable', state: 'ok' });
  await sshd.kill();
  expect((await hosts.probe('gpu')).checks.slice(0, 2)).toMatchObject([said, { check: 'reachable', state: 'failed' }]);
});

test('a host is written into cosmos.toml when a person wants it although checks failed', async () => {
  const { sshd, hosts, configFile } = await stage();
  await hosts.trust('gpu', sshd.fingerprint);
  writeFileSync(configFile, '# mine\n');
  const told: HostCheck[] = [];
  const refused = await hosts.add(DRAFT, false, { onCheck: (check) => told.push(check) });
  expect(refused).toMatchObject({ added: false, file: configFile, probe: { ok: false } }); // no GPUs, no Docker there
  expect(told).toEqual(refused.probe.checks);
  expect(readFileSync(configFile, 'utf8')).toBe('# mine\n');

  expect(await hosts.add(DRAFT, true)).toMatchObject({ added: true });
  expect(readFileSync(configFile, 'utf8')).toMatch(/^# mine\n/);
  expect(loadConfig(configFile).config.host).toMatchObject([{ ...DRAFT, root: `${sshd.home}/cosmos-bridge` }]);
  await expect(hosts.add(DRAFT, true)).rejects.toThrow('There is a host "gpu1" already');
  expect((await hosts.probe('gpu1')).name).toBe('gpu1'); // by its name, without a restart
});

test('a locked key is named, and opens with its passphrase, which nobody keeps', async () => {
  const locked = path.join(tempDir(), 'id_locked');
  keygen(locked, 'open sesame');
  const { sshd, hosts, cleared } = await stage((server) => hostBlock(server).replace(server.identityFile, locked));
  sshd.allow(`${locked}.pub`);
  await hosts.trust('gpu', sshd.fingerprint);
  const check = (await hosts.probe('gpu')).checks.find(({ state }) => state === 'failed');
  expect(check).toMatchObject({ check: 'login', code: 'identity_locked', data: { file: locked } });
  await expect(hosts.unlock(locked, 'wrong')).rejects.toMatchObject({ code: 'identity_locked' });
  await hosts.unlock(locked, 'open sesame');
  expect(cleared()).toBe(2);
  expect(states((await hosts.probe('gpu')).checks)).toMatchObject({ login: 'ok' });
});

test('a wrong user, a closed port and a name without an address each fail at their step', async () => {
  const { sshd, hosts, client } = await stage();
  await hosts.trust('gpu', sshd.fingerprint);
  client.config(`Host gpu\n${hostBlock(sshd).replace(/User .*/, 'User nobody-here')}`);
  expect((await failure(hosts, 'gpu'))?.code).toBe('host_auth_failed');
  await sshd.kill();
  expect((await failure(hosts, 'gpu'))?.code).toBe('host_refused');
  expect((await failure(hosts, 'me@no-such-host.invalid'))?.code).toBe('host_name_unknown');
  expect((await failure(hosts, 'me@-oProxyCommand=x'))?.code).toBe('config_invalid');
});

test('a host that asks is answered by who looks on, or looked at through the way that is open', async () => {
  const { connection } = await connected();
  let isOpen = false;
  const config = ['PubkeyAuthentication no', 'PasswordAuthentication yes'];
  const standing = () => (isOpen ? connection : undefined);
  const { sshd, hosts } = await stage(hostBlock, { config, standing });
  await hosts.trust('gpu', sshd.fingerprint);
  const asked: string[] = [];
  const ask = async ({ prompts }: HostQuestion) => {
    asked.push(...prompts.map(({ text }) => text));
    return undefined;
  };
  const login = async (onlooker = {}) =>
    (await hosts.probe('gpu', onlooker)).checks.find(({ check }) => check === 'login');
  expect(await login()).toMatchObject({ code: 'host_asks', remedy: 'In a terminal: cosmos host test gpu' });
  expect(await login({ ask })).toMatchObject({ code: 'host_asks' });
  expect(asked).toEqual(['Password of ada on gpu']);
  isOpen = true;
  expect(await login()).toMatchObject({ state: 'ok' });
});

function states(checks: readonly HostCheck[]): Record<string, HostCheck['state']> {
  return Object.fromEntries(checks.map(({ check, state }) => [check, state]));
}

async function failure(hosts: Hosts, host: string): Promise<HostCheck | undefined> {
  return (await hosts.probe(host)).checks.find(({ state }) => state === 'failed');
}
