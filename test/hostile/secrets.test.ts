/**
 * Secrets planted wherever one can get in: none of them is in anything that the daemon and its clients say, log, keep
 * or hand to other programs. What a person's own files hold stays there, and a prompt is no secret.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectTo } from '../../daemon/cli/client.js';
import { Discovery } from '../../schemas/index.js';
import { runCosmos } from '../support/cosmos.js';
import { type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';

/** Part of every secret here, and of nothing else. */
const CANARY = 'cAnArY';
const secret = (name: string) => `${name}-${CANARY}-8Xw2mPz9LkT4vRn8BcD3`;

/** The shell of somebody who does many things with it. */
const SHELL = {
  HF_TOKEN: `hf_${CANARY}q7Xw2mPz9LkT4vRn8BcD3hJf`,
  AWS_SECRET_ACCESS_KEY: secret('aws'),
  KEY_PASSPHRASE: secret('passphrase'),
  COSMOS_DAEMON_TOKEN: secret('daemon'),
  HTTPS_PROXY: `http://ann:${secret('proxy')}@proxy.example:3128`,
};

const URLS = [
  `https://ann:${secret('password')}@files.example/x.mp4`,
  `https://files.example/x.mp4?X-Amz-Credential=${secret('id')}&X-Amz-Signature=${secret('signature')}`,
  `https://store.example/c/x.mp4?sv=2024&sig=${secret('sas')}`,
  `https%3A%2F%2Fann%3A${secret('encoded')}%40files.example%2Fx.mp4`,
  `sftp://ann:${secret('sftp')}@files.example/${'long/'.repeat(20)}x.mp4`,
];

const host = (name: string, ssh: string) =>
  `[[host]]\nname = "${name}"\nssh = "${ssh}"\nroot = "/srv/cosmos"\nownership = "mine"\n[host.engine."transfer2.5"]\nimage = "x"\n`;

interface Said {
  readonly args: string;
  readonly code: number | null;
  readonly text: string;
}

class Person {
  readonly said: Said[] = [];

  constructor(readonly space: Workspace) {}

  async run(...args: string[]): Promise<Said> {
    const { stateDir, folder, config } = this.space;
    const result = await runCosmos({ stateDir, cwd: folder, env: SHELL }, '--config', config, ...args);
    const said = { args: args.join(' '), code: result.code, text: result.stdout + result.stderr };
    this.said.push(said);
    return said;
  }

  get discovery(): Discovery {
    return Discovery.parse(JSON.parse(readFileSync(path.join(this.space.stateDir, 'daemon.json'), 'utf8')));
  }
}

test('secrets of every kind at every entry come out nowhere', async () => {
  const space = workspace(`[daemon]\nlog_level = "debug"\nffmpeg = "FFMPEG"\n[local]\nslots = 1\n`);
  const tool = path.join(space.folder, 'ffmpeg');
  const seen = path.join(space.folder, 'environments');
  writeFileSync(tool, `#!/bin/sh\nenv >> '${seen}'\nexec ffmpeg "$@"\n`);
  chmodSync(tool, 0o755);
  const hosts = [
    ...[host('plain', `root:${secret('plain')}@127.0.0.1:1`), host('uri', `ssh://root:${secret('uri')}@127.0.0.1:1`)],
    host('good', 'root@127.0.0.1:1'),
  ];
  writeFileSync(space.config, readFileSync(space.config, 'utf8').replace('FFMPEG', tool) + hosts.join(''));
  const lineOf = (text: string) => readFileSync(space.config, 'utf8').split(text)[0]?.split('\n').length;
  const person = new Person(space);
  onTestFinished(async () => {
    await person.run('daemon', 'stop');
  });

  expect(await person.run('daemon', 'start')).toMatchObject({ code: 0 });
  const { pid, token } = person.discovery;
  if (process.platform === 'linux') {
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain(CANARY);
    expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/Max core file size +0 +0 /);
  }

  const client = await connectTo(person.discovery);
  onTestFinished(() => client.close());
  const answers: unknown[] = [];
  const ask = async (method: Parameters<typeof client.call>[0], params: unknown) => {
    const answer = await client.call(method, params as never).catch((error: unknown) => error);
    answers.push(answer instanceof Error ? { ...answer, message: answer.message, stack: answer.stack } : answer);
    return answer;
  };
  for (const event of ['event', 'progress', 'host.check'] as const) client.on(event, (told) => answers.push(told));
  await ask('event.subscribe', { since: 0 });

  const specs = URLS.map((url, at) => {
    const file = path.join(space.folder, `spec${at}.json`);
    const body = { prompt: 'a plain prompt', video_path: url, depth: { control_path: url, control_weight: 1 } };
    writeFileSync(file, JSON.stringify({ name: `s${at}`, ...body, prompt_path: url, [url]: 1 }));
    return file;
  });
  writeSequences(path.join(space.exports, 'street'));
  writeFileSync(path.join(space.exports, 'street', 'street.json'), readFileSync(specs[0] ?? '', 'utf8'));
  await ask('watch.add', { path: space.exports, settle: 0.2 });
  await person.run('--json', 'spec', 'check', ...specs);
  await person.run('submit', specs[0] ?? '', '--engine', 'transfer2.5');
  for (const file of specs) {
    await ask('job.submit', { spec: file });
    await ask('spec.check', { file, text: readFileSync(file, 'utf8') });
  }
  for (const url of [...URLS, `root:${secret('login')}@gpu1`]) {
    await ask('watch.add', { path: url });
    await ask('clip.register', { path: url });
    await ask('host.probe', { host: url });
    await ask('host.trust', { host: url, fingerprint: `SHA256:${'A'.repeat(43)}` });
    await ask('host.add', { force: true, host: { name: 'x', ssh: url, root: '/srv', ownership: 'mine' } });
    await ask('job.get', { job: url });
  }
  await ask('host.unlock', { file: specs[0], passphrase: secret('unlock') });
  await ask('job.submit', { clip: 'street', host: `root:${secret('wish')}@gpu1`, prompt: 'x' });
  await person.run('host', 'add', 'y', '--ssh', `root:${secret('argument')}@gpu1`, '--ownership', 'mine', '--force');
  expect(readFileSync(space.config, 'utf8')).not.toMatch(/name = "[xy]"/);

  // A job that runs: ffmpeg and the preview are children of the daemon.
  writeSequences(path.join(space.exports, 'avenue'));
  await vi.waitFor(
    async () => {
      const { clips } = await client.call('clip.list', {});
      expect(clips).toContainEqual(expect.objectContaining({ name: 'avenue', state: 'ready' }));
    },
    { interval: 100 },
  );
  expect(await person.run('submit', 'avenue', '--prompt', 'a plain prompt', '--wait')).toMatchObject({ code: 0 });

  const listed = await person.run('host', 'ls');
  const bundle = await person.run('doctor', '--bundle');
  for (const name of ['plain', 'uri']) {
    const place = `${space.config}:${lineOf(secret(name))}`;
    await vi.waitFor(async () => {
      const { hosts } = await client.call('host.list', {});
      const found = hosts.find(({ id }) => id === name);
      expect(found).toMatchObject({ state: 'unreachable', problem: { code: 'config_invalid' } });
      expect(found?.reason).toContain(`${place}: "`);
      expect(found?.reason).toContain('root:***@127.0.0.1:1": a password has no place here, and is not shown');
    });
    expect(listed.text).toContain(name);
    expect(bundle.text).toContain(place);
  }

  const [file] = readdirSync(space.folder).filter((name) => name.startsWith('cosmos-doctor-'));
  if (file === undefined) throw new Error(`no bundle was written: ${bundle.text}`);
  const told = readFileSync(path.join(space.folder, file), 'utf8');
  if (process.platform !== 'win32') expect(statSync(path.join(space.folder, file)).mode & 0o777).toBe(0o600);
  for (const name of ['a plain prompt', 'street', 'avenue', space.exports, token]) expect(told).not.toContain(name);

  await person.run('daemon', 'stop');
  const everything = new Map<string, string>([
    ...person.said.map(({ args, text }): [string, string] => [`said by: ${args.slice(0, 40)}`, text]),
    ['answers and events', JSON.stringify(answers)],
    ['the bundle', told],
    ['what ffmpeg got', readFileSync(seen, 'utf8')],
    ...filesIn(space.stateDir).map((one): [string, string] => [one, readFileSync(one, 'latin1')]),
  ]);
  const leaks = [...everything].filter(([, text]) => text.includes(CANARY) || text.includes(token));
  expect(leaks.map(([where, text]) => `${where}: ${around(text)}`)).toEqual([]);
  expect(everything.get('what ffmpeg got')).toContain('PATH=');
  expect(person.said.filter(({ text }) => text.includes('***')).length).toBeGreaterThan(3);
});

test.skipIf(process.platform !== 'linux')(
  'a daemon that VS Code or Houdini starts has no secret of theirs',
  async () => {
    const space = workspace('[[watch]]\npath = "$SHOW/renders"\n');
    const person = new Person(space);
    await person.run('daemon', 'install');
    onTestFinished(async () => {
      await person.run('daemon', 'stop');
    });
    const install = JSON.parse(readFileSync(path.join(space.folder, 'install.json'), 'utf8'));
    const [program, ...args] = install.argv as [string, ...string[]];
    const env = { ...process.env, ...SHELL, SHOW: space.exports };
    const [code] = await once(spawn(program, args, { env, detached: true, stdio: 'ignore' }), 'exit');
    expect(code).toBe(0);
    const { pid } = await vi.waitFor(() => person.discovery);
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    expect(environment).not.toContain(CANARY);
    expect(environment).toContain(`SHOW=${space.exports}`); // cosmos.toml names it
  },
);

/** All but daemon.json, which is how clients get the token: 0600, as the state folder is 0700. */
function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile() && entry.name !== 'daemon.json')
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function around(text: string): string {
  const at = text.indexOf(CANARY);
  return text.slice(Math.max(0, at - 150), at + 40);
}
