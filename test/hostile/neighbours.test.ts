/** What another user of this machine can do to the state folder: look into it, keep the daemon from its start, be blamed. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCosmos } from '../support/cosmos.js';
import { DaemonProcess, type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';

/** Nobody, as Linux numbers it. */
const OTHER = 65534;
const AS_OTHER = ['setpriv', `--reuid=${OTHER}`, `--regid=${OTHER}`, '--clear-groups'] as const;

/** A workspace whose folder others may enter, as a folder in a home often is. */
function openWorkspace(toml?: string): Workspace {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0 || spawnSync('setpriv', ['--version']).error) {
    throw new Error('These attacks come from a second user: run them as root on Linux, with setpriv (util-linux).');
  }
  const space = workspace(toml);
  chmodSync(space.folder, 0o755);
  return space;
}

async function asOther(...command: string[]): Promise<string> {
  const [program, ...args] = [...AS_OTHER, ...command];
  const { stdout, stderr } = await promisify(execFile)(program, args).catch((error) => error);
  return `${stdout}${stderr}`;
}

/** Paths below a folder that anybody but its owner may read, write or enter. */
function openBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const stats = lstatSync(path.join(folder, name), { throwIfNoEntry: false });
    return stats !== undefined && !stats.isSymbolicLink() && (stats.mode & 0o077) !== 0;
  });
}

/** Starts a daemon with the umask of a person who shares with a group. */
function startShared(space: Workspace): DaemonProcess {
  const before = process.umask(0o002);
  try {
    return DaemonProcess.start(space);
  } finally {
    process.umask(before);
  }
}

test('a state folder that stood open is closed with all that a daemon puts there; results stay for the group', async () => {
  const space = openWorkspace('[[watch]]\npath = EXPORTS\nsettle = 0.2\n');
  mkdirSync(path.join(space.stateDir, 'jobs', 'old'), { recursive: true, mode: 0o755 });
  for (const name of ['daemon.log', 'lock.db', 'jobs/old/spec.json']) {
    writeFileSync(path.join(space.stateDir, name), '');
    chmodSync(path.join(space.stateDir, name), 0o644);
  }
  chmodSync(space.stateDir, 0o755);
  const clip = path.join(space.exports, 'street');
  writeSequences(clip, { passes: ['color', 'depth'], last: 2 });
  chownSync(clip, 0, 100);
  chmodSync(clip, 0o2775);

  const daemon = startShared(space);
  const client = await daemon.connect();
  const prompt = 'a secret street';
  const submit = () => client.call('job.submit', { targets: ['street'], options: { prompt } });
  const [job] = (await vi.waitFor(submit, { interval: 50 })).jobs;
  const id = job?.id ?? '';
  const done = async () => expect((await client.call('job.get', { id })).job.state).toBe('succeeded');
  await vi.waitFor(done, { interval: 100 });

  expect((lstatSync(space.stateDir).mode & 0o777).toString(8)).toBe('700');
  expect(openBelow(space.stateDir)).toEqual([]);
  expect(await asOther('cat', path.join(space.stateDir, 'cosmos.db-wal'))).toContain('Permission denied');
  expect(await asOther('find', space.stateDir)).toContain('Permission denied');
  const told = readFileSync(path.join(space.stateDir, 'daemon.log'), 'utf8');
  expect(told.match(/were open to other users; they are closed now/g)).toHaveLength(1);
  const results = readdirSync(clip).filter((name) => name.startsWith('street_preview'));
  expect(results.toSorted()).toEqual(['street_preview.json', 'street_preview.mp4', 'street_preview_sheet.png']);
  for (const name of results) {
    const { mode, gid } = lstatSync(path.join(clip, name));
    expect([name, (mode & 0o777).toString(8), gid]).toEqual([name, '664', 100]);
  }
});

test('a lock that another user holds is told as that, blames no dead process, and its end lets the daemon start', async () => {
  const space = openWorkspace();
  mkdirSync(space.stateDir, { mode: 0o755 });
  const lock = path.join(space.stateDir, 'lock.db');
  writeFileSync(lock, '');
  chmodSync(lock, 0o644);
  const dead = { pid: 999_999, url: null, phase: 'running', startId: 'x', since: '2026-01-01T10:02:00.000Z' };
  writeFileSync(`${lock}.json`, JSON.stringify(dead));
  // Opened first: the folders above may be closed to others, as a home often is.
  const code = `import fcntl,os,sys,time;f=open(sys.argv[1]);os.setgid(65534);os.setuid(65534);fcntl.lockf(f,fcntl.LOCK_SH,510,0x40000002);print("held",flush=True);time.sleep(600)`;
  const neighbour = spawn('python3', ['-c', code, lock], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(neighbour, 'exit');
  onTestFinished(async () => {
    neighbour.kill('SIGKILL');
    await gone;
  });
  await Promise.race([once(neighbour.stdout, 'data'), gone]);
  expect(neighbour.exitCode).toBeNull();

  const refused = DaemonProcess.start(space);
  expect(await refused.exited).toBe(1);
  const sentence = new RegExp(
    `Another user, \\S+ \\(uid ${OTHER}\\), holds a lock on ${lock} \\(process ${neighbour.pid}, \\S+\\)\\. No daemon can start`,
  );
  expect(refused.words).toMatch(sentence);
  expect(refused.words).not.toContain('999999');
  const surroundings = { stateDir: space.stateDir, cwd: space.folder };
  for (const command of [['daemon', 'status'], ['daemon', 'stop', '--force'], ['queue']]) {
    const { stdout, stderr } = await runCosmos(surroundings, '--config', space.config, ...command);
    expect([command, stdout + stderr]).toEqual([command, expect.stringMatching(sentence)]);
  }

  neighbour.kill('SIGKILL');
  await gone;
  const daemon = DaemonProcess.start(space);
  expect((await daemon.discovery()).pid).toBe(daemon.pid);
  expect(await asOther('cat', lock)).toContain('Permission denied');
});

test('a folder of another user, below one that all may change, or behind a link is refused with what to do', async () => {
  const space = openWorkspace();
  const foreign = path.join(space.folder, 'foreign');
  mkdirSync(path.join(space.folder, 'all', 'state'), { recursive: true });
  mkdirSync(foreign);
  chownSync(foreign, OTHER, OTHER);
  chmodSync(path.join(space.folder, 'all'), 0o777);
  symlinkSync(foreign, path.join(space.folder, 'link'));
  const cases = [
    [
      foreign,
      /belongs to \S+ \(uid 65534\), and this runs as root \(uid 0\)\. Run it as that user, or name a folder of your own/,
    ],
    [
      path.join(space.folder, 'all', 'state'),
      /lies below \S+all, where other users may rename and replace folders \(mode 777\)/,
    ],
    [path.join(space.folder, 'link'), /is a link to \S+foreign\. Name \S+foreign itself, with --state-dir/],
  ] as const;
  for (const [stateDir, sentence] of cases) {
    const daemon = DaemonProcess.start({ ...space, stateDir });
    expect(await daemon.exited).toBe(1);
    expect(daemon.words.trim().split('\n')).toEqual([expect.stringMatching(sentence)]);
    const { stderr } = await runCosmos({ stateDir, cwd: space.folder }, '--config', space.config, 'queue');
    expect(stderr).toMatch(sentence);
  }
  expect(readdirSync(foreign)).toEqual([]);
});
