/** The whole command as a child process against a daemon of the test's making. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { Watch } from '../../../schemas/index.js';
import { cosmos, runCosmos } from '../../support/cosmos.js';
import { FakeDaemon, FakeError } from '../../support/fake-daemon.js';
import { sampleClip, sampleJob, samplePlan, sampleResult } from '../../support/samples.js';
import { tempDir } from '../../support/tmp.js';

async function stage(answers: Parameters<typeof FakeDaemon.start>[1] = {}) {
  const stateDir = tempDir();
  const daemon = await FakeDaemon.start(stateDir, answers);
  return { daemon, stateDir, run: (...args: string[]) => runCosmos({ stateDir }, ...args) };
}

test('usage mistakes exit 2, say what was meant, and leave standard output empty', async () => {
  const { run } = await stage();
  const mistakes = [
    ['quue'],
    ['queue', 'paus'],
    ['job', 'cancl', 'x'],
    ['submit'],
    ['submit', 'x', '--wieght', 'edge=1'],
  ];
  const answers = await Promise.all(mistakes.map((args) => run(...args)));
  expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
  const meant = ['Did you mean queue?', 'Did you mean pause?', 'Did you mean cancel?', 'missing required', '--weight?'];
  for (const [i, words] of meant.entries()) expect(answers[i]?.stderr).toContain(words);
  for (const { stdout, stderr } of answers) {
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Error: /);
  }
});

test('help and version are answers', async () => {
  const { run } = await stage();
  const [help, version] = await Promise.all([run('submit', '--help'), run('--version')]);
  expect([help.code, version.code]).toEqual([0, 0]);
  expect(help.stdout).toContain('--weight <hint=number>');
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('the queue is a table for people and an array for programs', async () => {
  const jobs = [
    sampleJob({ state: 'running', progress: 0.5, eta: 12, host: 'local' }),
    sampleJob({ id: 'job-2', name: 'kitchen', state: 'held', reason: 'the prompt comes from a template' }),
  ];
  const { run } = await stage({ 'job.list': () => ({ jobs }), 'queue.get': () => ({ paused: true, reason: 'lunch' }) });
  const [people, programs] = await Promise.all([run('queue'), run('queue', 'ls', '--json')]);
  expect(people.stdout.split('\n').slice(0, 3)).toEqual([
    'ID     CLIP     STATE    MODEL    HOST   PROGRESS  ETA  REASON',
    'job-1  shot010  running  Preview  local       50%  12s',
    'job-2  kitchen  held     Preview  -             -    -  the prompt comes from a template',
  ]);
  expect(people.stderr).toContain('paused (lunch)');
  expect(JSON.parse(programs.stdout)).toEqual(jobs);
  expect(programs.stderr).toBe('');
});

test('old finished jobs are left out of the table and never out of the array', async () => {
  const jobs = Array.from({ length: 14 }, (_, i) => sampleJob({ id: `job-${i}`, state: 'succeeded' }));
  const { run } = await stage({ 'job.list': () => ({ jobs }) });
  const [people, programs] = await Promise.all([run('queue'), run('queue', '--json')]);
  expect(people.stdout.trimEnd().split('\n')).toHaveLength(11);
  expect(people.stderr).toContain('4 jobs that finished earlier');
  expect(JSON.parse(programs.stdout)).toHaveLength(14);
});

test('submit sends absolute paths, options and a key, and shows the job', async () => {
  const clip = sampleClip();
  const { run, daemon, stateDir } = await stage({
    'clip.get': () => new FakeError('not_found', 'not known'),
    'clip.register': () => ({ clip }),
    'job.submit': () => ({ jobs: [sampleJob({ state: 'preparing' })] }),
  });
  mkdirSync(path.join(stateDir, 'shot010'));
  writeFileSync(path.join(stateDir, 'prompt.txt'), 'rain at dusk\n');
  const options = ['--weight', 'edge=0.5', '--weight', 'vis=off', '--seed', '7', '--set', 'num_steps=12', '--draft'];
  const sweep = ['--sweep', 'guidance=3,7', '--tag', 'a', '--tag', 'b', '--prompt-file', 'prompt.txt', '--json'];
  const answer = await run('submit', 'shot010', 'kitchen', ...options, ...sweep);
  expect(JSON.parse(answer.stdout)).toMatchObject({ id: 'job-1', state: 'preparing' });
  expect(answer.code).toBe(0);
  expect(daemon.called('clip.register')).toEqual([{ path: path.join(stateDir, 'shot010') }]);
  expect(daemon.called('job.submit')).toEqual([
    {
      targets: [path.join(stateDir, 'shot010'), 'kitchen'],
      options: {
        prompt: 'rain at dusk',
        weights: { edge: 0.5, vis: 'off' },
        seed: 7,
        set: { num_steps: 12 },
        draft: true,
        tags: ['a', 'b'],
      },
      sweep: { guidance: [3, 7] },
      idempotencyKey: expect.stringMatching(/.{10,}/),
    },
  ]);
});

test('a submit whose answer is lost is repeated with the same key', async () => {
  let tries = 0;
  const { run, daemon } = await stage({
    'job.submit': () => {
      tries += 1;
      if (tries === 1) daemon.dropClients();
      return { jobs: [sampleJob()] };
    },
  });
  expect((await run('submit', 'shot010')).code).toBe(0);
  const keys = daemon.called('job.submit').map((params) => (params as { idempotencyKey: string }).idempotencyKey);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('presets are a table and a page for people; a copy of one is saved with what is said beside it', async () => {
  const night = {
    name: 'night',
    values: { engine: 'cosmos3', weights: { edge: 0.5 }, seed: 7, set: { shift: 5 } },
  } as const;
  const { run, daemon } = await stage({
    'preset.list': () => ({ presets: [night, { name: 'plain', values: {} }] }),
    'preset.save': (preset) => ({ preset, file: '/cosmos.toml', replaced: true }),
  });
  const answers = await Promise.all([
    run('preset'),
    run('preset', 'show', 'night'),
    run('preset', 'save', 'copy', '--preset', 'night', '--weight', 'edge=off', '--replace'),
    run('preset', 'show', 'nigth', '--json'),
  ]);
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 1]);
  const [list, page, copy, missing] = answers;
  expect(list?.stdout.split('\n').slice(0, 3)).toEqual([
    'PRESET  MODEL     HOST  CHOICES                    PROMPT',
    'night   Cosmos 3  -     edge=0.5  seed=7  shift=5  -',
    'plain   -         -                                -',
  ]);
  expect(page?.stdout).toBe('Preset    night\nModel     Cosmos 3\nWeights   edge=0.5\nSettings  seed=7  shift=5\n');
  expect(copy?.stderr).toBe('Replaced the preset copy in /cosmos.toml.\n');
  expect(daemon.called('preset.save')).toEqual([
    { name: 'copy', values: { ...night.values, weights: { edge: 'off' } }, replace: true },
  ]);
  expect(missing).toMatchObject({ stdout: '', stderr: expect.stringContaining('Did you mean night?') });
});

test('submit --dry-run shows the plan and submits nothing', async () => {
  const { run, daemon } = await stage({ 'job.plan': () => ({ plans: [samplePlan()] }) });
  const [people, programs] = await Promise.all([
    run('submit', 'x', '--dry-run'),
    run('submit', 'x', '--dry-run', '--json'),
  ]);
  for (const words of ['1 MB', 'a city block (submit)', '2 chunks of 93', "NVIDIA's published table", 'template']) {
    expect(people.stdout).toContain(words);
  }
  expect(JSON.parse(programs.stdout)).toEqual(samplePlan());
  expect(daemon.called('job.submit')).toEqual([]);
});

test('submit --wait --json prints the finished job; progress goes to standard error', async () => {
  const finished = sampleJob({ state: 'failed', fence: 3, reason: 'no space', error: null });
  const { stateDir, daemon } = await stage({
    'job.submit': () => ({ jobs: [sampleJob()] }),
    'daemon.status': () => STATUS,
    'job.get': () => ({ job: sampleJob(), attempts: [], spec: null, result: null }),
  });
  const { finished: exit } = cosmos({ stateDir }, 'submit', 'x', '--wait', '--json');
  await vi.waitFor(() => expect(daemon.called('job.get')).toHaveLength(1));
  daemon.notify('progress', { job: 'job-1', stage: 'frame 30/48', fraction: 0.62, eta: 3 });
  daemon.notify('event', { kind: 'job', type: 'failed', id: 'job-1', seq: 2, at: finished.updatedAt, data: finished });
  const { code, stdout, stderr } = await exit;
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual(finished);
  expect(stderr).toContain('shot010: 62%, frame 30/48');
  expect(stderr).toContain('shot010: failed (no space)');
});

const STATUS = {
  pid: 1,
  version: '0.0.0-fake',
  startId: 'fake',
  stateDir: '/state',
  startedAt: '2026-01-01T00:00:00.000Z',
  url: 'ws://127.0.0.1:1/rpc',
  queue: { paused: false, reason: '' },
  jobs: { succeeded: 2 },
  clips: 3,
  seq: 1,
};

test('errors of the daemon are one sentence and what was meant, exit 1', async () => {
  const { run } = await stage({
    'clip.get': () => new FakeError('not_found', 'No clip is called shot01.', { near: ['shot010'] }),
  });
  const answer = await run('clip', 'show', 'shot01', '--json');
  expect(answer).toEqual({ code: 1, stdout: '', stderr: 'Error: No clip is called shot01.\nDid you mean shot010?\n' });
});

test('an unknown path names the nearest one, without asking the daemon', async () => {
  const { run, stateDir, daemon } = await stage();
  mkdirSync(path.join(stateDir, 'shot010'));
  const answer = await run('submit', './shot01');
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain(`Did you mean ${path.join(stateDir, 'shot010')}?`);
  expect(daemon.calls).toEqual([]);
});

test('verbs on jobs: one object for one id, an array for several', async () => {
  const { run, daemon } = await stage({
    'job.cancel': ({ ids }) => ({ jobs: ids.map((id) => sampleJob({ id, state: 'cancelled' })) }),
    'job.setPriority': ({ ids, priority }) => ({ jobs: ids.map((id) => sampleJob({ id, priority })) }),
    'job.move': ({ id }) => ({ job: sampleJob({ id }) }),
    'job.edit': ({ id }) => ({ job: sampleJob({ id, edited: true }) }),
  });
  expect(JSON.parse((await run('job', 'cancel', 'a', '--json')).stdout)).toMatchObject({ id: 'a', state: 'cancelled' });
  expect(JSON.parse((await run('job', 'cancel', 'a', 'b', '--json')).stdout)).toHaveLength(2);
  await run('job', 'priority', 'a', 'b', '10');
  await run('job', 'next', 'a');
  await run('job', 'edit', 'a', '--prompt', 'snow');
  expect(daemon.called('job.setPriority')).toEqual([{ ids: ['a', 'b'], priority: 10 }]);
  expect(daemon.called('job.move')).toEqual([{ id: 'a', before: null }]);
  expect(daemon.called('job.edit')).toEqual([{ id: 'a', options: { prompt: 'snow' } }]);
  expect((await run('job', 'edit', 'a')).code).toBe(2);
});

test('job show and clip show print one object with the names of the schemas', async () => {
  const job = sampleJob();
  const { run } = await stage({
    'job.get': () => ({ job, attempts: [], spec: '{}', result: null }),
    'clip.get': () => ({ clip: sampleClip() }),
  });
  expect(JSON.parse((await run('job', 'show', 'job-1', '--json')).stdout)).toEqual({
    ...job,
    attempts: [],
    spec: '{}',
    result: null,
  });
  expect((await run('job', 'show', 'job-1')).stdout).toMatch(/^Job {7}job-1\nClip {6}shot010\nState {5}queued/);
  expect(JSON.parse((await run('clip', 'show', 'shot010', '--json')).stdout)).toEqual(sampleClip());
});

test('logs writes the bytes of the log as they are', async () => {
  const text = 'load\rstep 1/2\rstep 2/2\nno line end at the end';
  const { run } = await stage({
    'log.read': ({ from = 0 }) => {
      const size = text.length;
      return { run: 'run-1', from, to: size, text: text.slice(from), size, ended: true, file: '/state/runs/run-1/log' };
    },
  });
  expect(await run('logs', 'job-1')).toEqual({ code: 0, stdout: text, stderr: '' });
});

test('results are found by job or by clip, marked, and their path printed', async () => {
  const older = sampleResult({ job: 'job-0', video: '/renders/old.mp4' });
  const { run, daemon } = await stage({
    'result.list': () => ({ results: [older, sampleResult()] }),
    'clip.list': () => ({ clips: [sampleClip()] }),
    'result.mark': ({ mark }) => ({ result: sampleResult({ mark }) }),
  });
  expect((await run('result', 'open', 'job-0', '--print')).stdout).toBe('/renders/old.mp4\n');
  expect((await run('result', 'open', 'shot010', '--print')).stdout).toBe('/renders/shot010_preview.mp4\n');
  await run('result', 'mark', 'shot010', 'star');
  await run('result', 'mark', 'job-0', 'none');
  expect(daemon.called('result.mark')).toEqual([
    { job: 'job-1', mark: 'star' },
    { job: 'job-0', mark: null },
  ]);
  expect((await run('result', 'open', 'nothing', '--print')).code).toBe(1);
});

test('spec check needs no daemon: one object a file, one a line, in the order given', async () => {
  const stateDir = tempDir();
  writeFileSync(path.join(stateDir, 'bad.json'), '{"name": ');
  writeFileSync(path.join(stateDir, 'empty.json'), '{}');
  const { code, stdout } = await runCosmos({ stateDir }, 'spec', 'check', 'empty.json', 'bad.json', '--json');
  const reports = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(reports.map(({ file }) => file)).toEqual(['empty.json', 'bad.json']);
  expect(reports[1]).toMatchObject({ ok: false, nvidia: 'rejects' });
  expect(code).toBe(1);
  expect(readdirSync(stateDir)).not.toContain('daemon.json');
});

test('daemon status of none is exit 1, of one is its facts', async () => {
  const none = await runCosmos({ stateDir: tempDir() }, 'daemon', 'status', '--json');
  expect(none.code).toBe(1);
  expect(JSON.parse(none.stdout)).toMatchObject({ running: false });
  const { run } = await stage({ 'daemon.status': () => STATUS });
  expect(JSON.parse((await run('daemon', 'status', '--json')).stdout)).toEqual({ running: true, ...STATUS });
});

test('daemon install writes how to start it, and autostart only when asked', async () => {
  const stateDir = tempDir();
  const config = path.join(stateDir, 'config', 'cosmos.toml');
  const { code } = await runCosmos({ stateDir }, 'daemon', 'install', '--config', config);
  expect(code).toBe(0);
  const install = JSON.parse(readFileSync(path.join(stateDir, 'config', 'install.json'), 'utf8'));
  expect(install.argv.slice(2)).toEqual(['--state-dir', stateDir, '--config', config]);
  expect(readdirSync(stateDir)).toEqual(['config']);
});

test('a broken configuration is said before a daemon is started', async () => {
  const stateDir = tempDir();
  const config = path.join(stateDir, 'cosmos.toml');
  writeFileSync(config, '[daemon]\nprot = 1\n');
  const { code, stderr } = await runCosmos({ stateDir, env: { COSMOS_CONFIG: config } }, 'queue');
  expect(code).toBe(1);
  expect(stderr).toBe(`Error: ${config}:2: daemon.prot: there is no such key.\n`);
});

const AWAY = Watch.parse({
  ...{ path: '/renders', mode: 'tree', settle: 5, poll: false, autoSend: false, preset: null, fps: 24 },
  ...{ source: 'added', state: 'offline' },
});

test('paths that people write: all that cannot be read in cosmos.toml, and what a command is given', async () => {
  const { run, daemon, stateDir } = await stage({ 'watch.add': () => ({ watch: AWAY }) });
  const config = path.join(stateDir, 'cosmos.toml');
  const paths = ['"~/renders"', '"$HIP/render"', '"D:\\renders\\new"'];
  writeFileSync(config, paths.map((written) => `[[watch]]\npath = ${written}\n`).join('\n'));
  const fresh = path.join(stateDir, 'fresh');
  const [refused, houdini, added] = await Promise.all([
    run('--state-dir', fresh, '--config', config, 'watch', 'ls'),
    run('watch', 'add', '$HIP/render'),
    run('watch', 'add', `"${stateDir}/"`),
  ]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr.split('\n').map((line) => line.split(': ').slice(0, 3))).toMatchObject([
    ['Error', `${config}:5`, 'watch.1.path'],
    [`${config}:8`, 'watch.2.path', '"D:\\renders\\new" holds control characters'],
    [''],
  ]);
  expect(houdini.stderr).toBe(
    'Error: "$HIP/render" holds $HIP, which is known only inside Houdini: write the folder out.\n',
  );
  expect(added.stderr).toContain('is its drive mounted');
  expect(daemon.called('watch.add')).toEqual([{ path: stateDir }]);
});

test('a reader that leaves is no error', async () => {
  const jobs = Array.from({ length: 2000 }, (_, i) => sampleJob({ id: `job-${i}` }));
  const { stateDir } = await stage({ 'job.list': () => ({ jobs }) });
  const { child, finished } = cosmos({ stateDir }, 'queue', '--json');
  child.stdout.once('data', () => child.stdout.destroy());
  const { code, stderr } = await finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
