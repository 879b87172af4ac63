/** cosmos host add, test and trust against a daemon of the test's making, in scripts and on a terminal. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Host, HostCheck, HostProbe, Slot, SlotLease } from '../../../schemas/index.js';
import { captured } from '../../support/captured.js';
import { runCosmos } from '../../support/cosmos.js';
import { distFile } from '../../support/dist.js';
import { FakeDaemon } from '../../support/fake-daemon.js';
import { job } from '../../support/jobs.js';
import { tempDir } from '../../support/tmp.js';

const KEY = `SHA256:${'k'.repeat(43)}`;

const GOOD: HostCheck = {
  ...{ check: 'reachable', engine: null, state: 'ok', code: null, message: 'gpu1, port 22 answers.', remedy: null },
  data: {},
};
const UNKNOWN: HostCheck = {
  ...{ check: 'host key', engine: null, state: 'failed', code: 'host_key_unknown', message: 'The key is not known.' },
  ...{ remedy: `When right: cosmos host trust gpu1 ${KEY}`, data: { host: 'gpu1', fingerprint: KEY } },
};
const LOGIN: HostCheck = { ...GOOD, check: 'login', message: 'Logged in as me.' };
const NO_IMAGE: HostCheck = {
  ...{ check: 'image', engine: 'transfer2.5', state: 'failed', code: 'image_missing', data: {} },
  ...{ message: 'The image cosmos:1 is not on the host.', remedy: 'Build it there: docker build .' },
};

function probed(...checks: HostCheck[]): HostProbe {
  return { name: 'gpu1', ok: checks.every(({ state }) => state !== 'failed'), checks };
}

/** Tells the checks as a real daemon does: before the answer. */
async function stage(answers: (daemon: () => FakeDaemon) => Parameters<typeof FakeDaemon.start>[1]) {
  const stateDir = tempDir();
  const daemon: FakeDaemon = await FakeDaemon.start(
    stateDir,
    answers(() => daemon),
  );
  return { daemon, stateDir, run: (...args: string[]) => runCosmos({ stateDir }, ...args) };
}

function tell(daemon: FakeDaemon, probe: HostProbe): HostProbe {
  for (const check of probe.checks) daemon.notify('host.check', { host: 'gpu1', check });
  return probe;
}

test('add shows each check, sends what the options say, and tells where it was written', async () => {
  const { run, daemon } = await stage((self) => ({
    'host.add': () => ({ added: true, file: '/my/cosmos.toml', probe: tell(self(), probed(GOOD, LOGIN)) }),
  }));
  const options = ['--ssh', 'me@gpu1:2222', '--ownership', 'rented', '--price-per-hour', '2.5', '--gpus', '2'];
  const engines = ['--image', 'transfer2.5=cosmos:1', '--checkout', 'transfer2.5=/srv/t25', '--image', 'cosmos3=c3:1'];
  const answer = await run('host', 'add', 'gpu1', ...options, ...engines, '--hf-cache', '/srv/hf', '--root', '/srv/c');
  expect(answer.stderr).toBe('Added gpu1 to /my/cosmos.toml; it can be used now.\n');
  expect(answer.stdout).toMatch(/^ok {4}reachable +gpu1, port 22 answers\.\nok {4}login +Logged in as me\.\n$/);
  expect(answer.code).toBe(0);
  const facts = {
    name: 'gpu1',
    ssh: 'me@gpu1:2222',
    ownership: 'rented',
    price_per_hour: 2.5,
    gpus: 2,
    root: '/srv/c',
  };
  const engine = {
    'transfer2.5': { image: 'cosmos:1', checkout: '/srv/t25', hf_cache: '/srv/hf' },
    cosmos3: { image: 'c3:1', hf_cache: '/srv/hf' },
  };
  expect(daemon.called('host.add')).toEqual([{ host: { ...facts, engine }, force: false, asks: false }]);
});

test('a script is never asked: what is missing is a usage mistake that names the option', async () => {
  const { run, daemon } = await stage(() => ({}));
  const answers = await Promise.all([
    run('host', 'add', 'gpu1', '--ssh', 'gpu1'),
    run('host', 'add', 'gpu1', '--ownership', 'his'),
    run('host', 'add', 'gpu1', '--ownership', 'mine', '--image', 'cosmos:1'),
    run('host', 'trust', 'gpu1'),
    run('host', 'login', 'gpu1'),
  ]);
  expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
  expect(answers[4]?.stderr).toContain('run this in a terminal');
  expect(answers[0]?.stderr).toContain('--ownership mine, shared or rented');
  expect(answers[2]?.stderr).toContain('is not ENGINE=VALUE');
  expect(daemon.called('host.add')).toEqual([]);
});

test('a failure in a script exits 1 with the command that helps, and --json is one document', async () => {
  const { run } = await stage((self) => ({
    'host.add': () => ({ added: false, file: '/my/cosmos.toml', probe: tell(self(), probed(GOOD, UNKNOWN)) }),
    'host.probe': () => ({ probe: tell(self(), probed(GOOD, UNKNOWN)) }),
  }));
  const [add, look, json] = await Promise.all([
    run('host', 'add', 'gpu1', '--ownership', 'mine'),
    run('host', 'test', 'gpu1'),
    run('host', 'test', 'gpu1', '--json'),
  ]);
  expect([add.code, look.code, json.code]).toEqual([1, 1, 1]);
  expect(add.stdout).toContain(`cosmos host trust gpu1 ${KEY}`);
  expect(add.stderr).toContain('Not added: one check failed. --force adds it anyway.');
  expect(look.stdout).toMatch(/fail {2}host key +The key is not known\.\n +When right/);
  expect(JSON.parse(json.stdout)).toEqual(probed(GOOD, UNKNOWN));
});

test('trust sends the fingerprint as it was typed', async () => {
  const { run, daemon } = await stage(() => ({ 'host.trust': (params) => params }));
  expect(await run('host', 'trust', 'me@gpu1', KEY)).toMatchObject({ code: 0, stdout: '' });
  expect(daemon.called('host.trust')).toEqual([{ host: 'me@gpu1', fingerprint: KEY }]);
});

const FREE: Slot = { index: 0, run: null, lease: null };
const ANN: SlotLease = { owner: 'ann@studio', run: 'run-9', since: '2026-11-22T00:00:00.000Z' };
const HOST: Host = {
  ...{ id: 'gpu1', kind: 'ssh', state: 'online', reason: '', draining: null, problem: null, engines: ['cosmos3'] },
  ...{ gpu: null, gpus: 1, slots: [], pricePerHour: 0, lastSeen: null },
};

test('drain and resume say what happens to the host, ls who holds its slots', async () => {
  const { run, daemon } = await stage(() => ({
    'host.drain': () => ({ host: { ...HOST, state: 'draining', draining: 'gpu1 drains (lunch).' } }),
    'host.resume': () => ({ host: HOST }),
    'host.list': () => ({ hosts: [{ ...HOST, slots: [FREE, { ...FREE, run: 'run-a' }, { ...FREE, lease: ANN }] }] }),
  }));
  const [drain, resume, listed] = await Promise.all([
    run('host', 'drain', 'gpu1', '--reason', 'lunch'),
    run('host', 'resume', 'gpu1', '--json'),
    run('host', 'ls'),
  ]);
  expect(listed.stdout).toContain('2 of 3 busy (ann@studio)');
  expect(drain).toMatchObject({ code: 0, stderr: 'gpu1 drains (lunch).\n' });
  expect(JSON.parse(resume.stdout)).toEqual(HOST);
  expect(daemon.called('host.drain')).toEqual([{ host: 'gpu1', reason: 'lunch' }]);
});

test('forget lists the jobs on the host and wants a word for it', async () => {
  const [here, elsewhere] = [job({ id: 'job-a', host: 'gpu1', state: 'running' }), job({ id: 'job-b', host: 'gpu2' })];
  const { run, daemon } = await stage(() => ({
    'job.list': () => ({ jobs: [here, elsewhere] }),
    'host.forget': () => ({ host: 'gpu1', jobs: [{ ...here, state: 'queued' }], left: ['run-a'] }),
  }));
  const asked = await run('host', 'forget', 'gpu1');
  expect(asked).toMatchObject({ code: 2 });
  expect(asked.stdout).toContain('job-a');
  expect(asked.stdout).not.toContain('job-b');
  expect(asked.stderr).toContain('Say --yes to forget gpu1 with 1 job on it.');
  expect(daemon.called('host.forget')).toEqual([]);
  const done = await run('host', 'forget', 'gpu1', '--yes');
  expect(done.code).toBe(0);
  expect(done.stderr).toBe('gpu1 is forgotten.\nShould it come back, these may still run there: run-a.\n');
  expect(daemon.called('host.forget')).toEqual([{ host: 'gpu1', force: true }]);
});

test('on a terminal: whose host, the key, and whether a failed host is wanted all the same', async () => {
  let isTrusted = false;
  const { daemon, stateDir } = await stage((self) => ({
    'host.add': ({ force = false }) => {
      const probe = tell(self(), isTrusted ? probed(GOOD, LOGIN, NO_IMAGE) : probed(GOOD, UNKNOWN));
      return { added: force, file: '/my/cosmos.toml', probe };
    },
    'host.trust': (params) => {
      isTrusted = true;
      return params;
    },
  }));
  const person = terminal(stateDir, 'host', 'add', 'gpu1');
  await person.answers('Whose host is it?', '\r');
  await person.answers(`Is ${KEY} the key of gpu1?`, 'y\r');
  await person.answers('Add gpu1 anyway?', 'y\r');
  expect((await person.finished).code).toBe(0);
  expect(daemon.called('host.trust')).toEqual([{ host: 'gpu1', fingerprint: KEY }]);
  const host = { name: 'gpu1', ssh: 'gpu1', ownership: 'mine' };
  const asked = { host, force: false, asks: true };
  expect(daemon.called('host.add')).toEqual([asked, asked, { host, force: true, asks: true }]);
});

test('on a terminal a passphrase is asked, not shown, and Enter alone trusts nobody', async () => {
  const locked: HostCheck = { ...UNKNOWN, check: 'login', code: 'identity_locked', data: { file: '/home/me/id' } };
  let isOpen = false;
  const { daemon, stateDir } = await stage(() => ({
    'host.probe': () => ({ probe: isOpen ? probed(GOOD, UNKNOWN) : probed(GOOD, locked) }),
    'host.unlock': () => {
      isOpen = true;
      return {};
    },
  }));
  const person = terminal(stateDir, 'host', 'test', 'gpu1');
  await person.answers('Passphrase of /home/me/id', 'open sesame\r');
  await person.answers('the key of gpu1?', '\r');
  expect((await person.finished).code).toBe(1);
  expect(daemon.called('host.unlock')).toEqual([{ file: '/home/me/id', passphrase: 'open sesame' }]);
  expect(daemon.called('host.trust')).toEqual([]);
  expect(person.screen()).not.toContain('sesame');
});

test('on a terminal a host is answered: a password unseen, a name seen, and the daemon is told', async () => {
  const prompts = [
    { text: 'Token name', echo: true },
    { text: 'One-time code', echo: false },
  ];
  const question = { host: 'gpu1', user: 'ada', name: '', instruction: 'Duo', prompts };
  let answered = (_: unknown) => {};
  const { daemon, stateDir } = await stage((self) => ({
    'host.login': async () => {
      self().notify('host.asks', { id: 'q1', question });
      await new Promise((resolve) => {
        answered = resolve;
      });
      return { host: HOST };
    },
    'host.answer': () => {
      answered(undefined);
      return {};
    },
  }));
  const person = terminal(stateDir, 'host', 'login', 'gpu1');
  await person.answers('Token name', 'phone\r');
  await person.answers('One-time code', '123456\r');
  expect((await person.finished).code).toBe(0);
  expect(daemon.called('host.answer')).toEqual([{ id: 'q1', answers: ['phone', '123456'] }]);
  expect(person.screen()).toMatch(
    /gpu1 asks ada: Duo[\s\S]*phone[\s\S]*Logged in to gpu1; jobs can use it until the connection is lost/,
  );
  expect(person.screen()).not.toContain('123456');
});

test('doctor has a line for every host, with what is wrong there', async () => {
  const { run, stateDir } = await stage(() => ({
    'host.probe': ({ host }) => ({ probe: host === 'gpu1' ? probed(GOOD, LOGIN) : probed(GOOD, NO_IMAGE) }),
  }));
  const file = path.join(stateDir, 'my.toml');
  const entry = (name: string) => `[[host]]\nname = "${name}"\nssh = "${name}"\nroot = "/r"\nownership = "mine"\n`;
  writeFileSync(file, entry('gpu1') + entry('gpu2'));
  const { stdout, code } = await run('--config', file, 'doctor', '--json');
  expect(code).toBe(1);
  const { findings } = JSON.parse(stdout) as { findings: { name: string }[] };
  expect(findings.filter(({ name }) => name.startsWith('Host '))).toEqual([
    { name: 'Host gpu1', level: 'ok', message: '2 checks passed' },
    { name: 'Host gpu2', level: 'fail', message: `image, Transfer 2.5: ${NO_IMAGE.message}`, remedy: NO_IMAGE.remedy },
  ]);
});

/** `cosmos` on a terminal of its own (util-linux's script); a person reads a question before answering it. */
function terminal(stateDir: string, ...args: string[]) {
  const words = [process.execPath, distFile('daemon/cli/start.cjs'), ...args].map((word) => `'${word}'`);
  const env = { PATH: process.env.PATH, HOME: stateDir, COSMOS_STATE_DIR: stateDir, TERM: 'xterm' };
  const child = spawn('script', ['-qec', words.join(' '), '/dev/null'], { cwd: stateDir, env });
  let screen = '';
  child.stdout.on('data', (bytes: Buffer) => {
    screen += bytes.toString();
  });
  const finished = captured(child);
  const answers = async (question: string, keys: string) => {
    await vi.waitFor(() => expect(screen).toContain(question));
    child.stdin.write(keys);
  };
  return { answers, finished, screen: () => screen };
}
