import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { toCosmosError } from '../../../daemon/errors.js';
import { holdReason } from '../../../daemon/submit/hold.js';
import { makeClip } from '../../support/clips.js';
import { frameFile } from '../../support/passes.js';
import { makeSubmissions, makeWatch } from '../../support/submissions.js';
import { tempDir } from '../../support/tmp.js';

const spec = { name: 'byhand', prompt: 'By hand', video_path: 'plate.mp4', edge: { control_weight: 0.4 } };

function writeSpec(file: string, content: unknown = spec): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
  writeFileSync(path.join(path.dirname(file), 'plate.mp4'), 'not looked at before it is prepared');
  return file;
}

async function failure(promise: Promise<unknown>) {
  const error = toCosmosError(await promise.catch((thrown: unknown) => thrown));
  return { code: error.code, message: error.message, data: error.data };
}

test('a clip becomes a job with its files as they are now', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'));
  const { submissions, queue } = makeSubmissions({ clips: [clip] });
  const [job] = await submissions.submit({ targets: ['lot'], options: { prompt: 'Rain', draft: true, tags: ['a'] } });
  expect(job).toMatchObject({
    state: 'preparing',
    clip: clip.id,
    name: 'lot',
    engine: 'preview',
    tags: ['a', 'draft'],
    settings: { name: 'lot', prompt: 'Rain', promptSource: 'submit', set: { max_frames: 93, num_steps: 12 } },
    source: { kind: 'clip', revision: 1 },
  });
  const files = queue.files(job?.id ?? '');
  expect(files.map((file) => path.basename(file.path))).toContain('depth.0004.png');
  expect(files).toHaveLength(8);
});

test('the same idempotency key gives the same jobs', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const first = await submissions.submit({ targets: ['lot'], idempotencyKey: 'k' });
  expect(await submissions.submit({ targets: ['lot'], idempotencyKey: 'k' })).toEqual(first);
  expect(queue.list()).toHaveLength(1);
});

test('a sweep makes a group of jobs with names of their own', async () => {
  const { submissions } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const jobs = await submissions.submit({ targets: ['lot', 'lot'], sweep: { seed: [1, 2] } });
  expect(jobs.map(({ settings }) => settings.name)).toEqual(['lot_seed1', 'lot_seed2', 'lot_seed1_2', 'lot_seed2_2']);
  expect(new Set(jobs.map(({ sweep }) => sweep)).size).toBe(2);
});

test('a clip that is not ready says why', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'), { state: 'incomplete', reason: 'depth: frame 0003 missing' });
  const { submissions, queue } = makeSubmissions({ clips: [clip] });
  expect(await failure(submissions.submit({ targets: ['lot'] }))).toMatchObject({
    code: 'clip_not_ready',
    message: 'lot is not ready: depth: frame 0003 missing.',
  });
  expect(queue.list()).toEqual([]);
});

test('unknown names get near ones', async () => {
  const folder = tempDir();
  writeSpec(path.join(folder, 'street.json'));
  const { submissions } = makeSubmissions({
    clips: [makeClip(path.join(folder, 'lot'))],
    config: { preset: { wet: {} } },
  });
  expect(await failure(submissions.submit({ targets: ['lod'] }))).toMatchObject({ data: { near: ['lot'] } });
  const missing = path.join(folder, 'strete.json');
  expect(await failure(submissions.submit({ targets: [missing] }))).toMatchObject({
    code: 'not_found',
    message: `There is no file ${missing}. Did you mean ${path.join(folder, 'street.json')}?`,
  });
  expect(await failure(submissions.submit({ targets: ['lot'], options: { preset: 'wat' } }))).toMatchObject({
    message: 'There is no preset "wat". Did you mean wet?',
  });
});

test('a spec by its path becomes a job that freezes its files', async () => {
  const file = writeSpec(path.join(tempDir(), 'street.cosmos.json'));
  const { submissions, queue } = makeSubmissions();
  const [job] = await submissions.submit({ targets: [file], options: { seed: 3 } });
  expect(job).toMatchObject({
    clip: null,
    name: 'street',
    settings: { name: 'byhand', promptSource: 'spec', weights: { edge: 0.4 }, set: { seed: 3 } },
    source: { kind: 'spec', spec: file },
  });
  expect(queue.files(job?.id ?? '').map((one) => path.basename(one.path))).toEqual(['street.cosmos.json', 'plate.mp4']);
});

test('a spec in a watched folder reads only below it', async () => {
  const root = tempDir();
  const outside = writeSpec(path.join(root, 'watched', 'a', 'x.json'), {
    ...spec,
    edge: { control_path: '../../e.mp4' },
  });
  writeFileSync(path.join(root, 'e.mp4'), '');
  const watched = makeSubmissions({ watches: [makeWatch(path.join(root, 'watched'))] });
  expect(await failure(watched.submissions.submit({ targets: [outside] }))).toMatchObject({
    code: 'spec_invalid',
    message: expect.stringContaining('outside the watched folder'),
  });
  expect(await makeSubmissions().submissions.submit({ targets: [outside] })).toHaveLength(1);
});

test('a spec that is no JSON is named with its place', async () => {
  const file = path.join(tempDir(), 'bad.json');
  writeFileSync(file, '{\n  "name": "x",\n}');
  expect(await failure(makeSubmissions().submissions.submit({ targets: [file] }))).toMatchObject({
    code: 'spec_invalid',
    message: `${file}:2:14: there is a comma too many before the "}".`,
  });
});

test('a spec that would fail is not submitted', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const options = { set: { guidence: 4 } };
  expect(await failure(submissions.submit({ targets: ['lot'], options }))).toMatchObject({
    code: 'spec_invalid',
    message: 'The spec of lot: a Transfer 2.5 spec has no "guidence". Did you mean "guidance"?',
  });
  expect(queue.list()).toEqual([]);
});

test('a plan says what would happen and makes nothing', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const [plan] = await submissions.plan({ targets: ['lot'], options: { engine: 'transfer2.5' } });
  expect(plan).toMatchObject({ name: 'lot', promptSource: 'template', check: { ok: true, nvidia: 'accepts' } });
  expect(plan?.wouldHold).toMatch(/^Template prompt: /);
  expect(plan?.bytes).toBeGreaterThan(0);
  expect(queue.list()).toEqual([]);
});

test('a spec beside its clip is followed, and its own inputs stand for the passes', async () => {
  const folder = path.join(tempDir(), 'lot');
  const clip = makeClip(folder, { specFile: path.join(folder, 'lot.cosmos.json') });
  writeSpec(clip.specFile ?? '', { ...spec, video_path: 'inputs/color.mp4' });
  const { submissions } = makeSubmissions({ clips: [clip] });
  const [job] = await submissions.submit({ targets: [clip.specFile ?? ''] });
  expect(job).toMatchObject({ clip: clip.id, settings: { prompt: 'By hand', promptSource: 'spec' } });
  const { text, report } = await submissions.compile('lot', { weights: { depth: 0.5 } });
  expect(JSON.parse(text)).toMatchObject({ video_path: 'inputs/color.mp4', depth: { control_weight: 0.5 } });
  expect(report.ok).toBe(true);
});

test('clone and edit change what was asked for', async () => {
  const { submissions } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const [job] = await submissions.submit({ targets: ['lot'], options: { prompt: 'Rain', weights: { depth: 0.5 } } });
  const [copy] = await submissions.clone([job?.id ?? ''], { seed: 9, priority: 5 });
  expect(copy).toMatchObject({ priority: 5, settings: { prompt: 'Rain', weights: { depth: 0.5 }, set: { seed: 9 } } });
  expect(await failure(submissions.edit(copy?.id ?? '', { prompt: 'Snow' }))).toMatchObject({ code: 'wrong_state' });
  expect(await failure(submissions.edit('job-none', {}))).toMatchObject({ code: 'not_found' });
});

test('the spec of a job can be seen with changes that are not made', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const [job] = await submissions.submit({ targets: ['lot'], options: { prompt: 'Rain', weights: { depth: 0.5 } } });
  const { text, report } = await submissions.compileJob(job?.id ?? '', { prompt: 'Snow', weights: { depth: 0.7 } });
  expect(JSON.parse(text)).toMatchObject({ prompt: 'Snow', depth: { control_weight: 0.7 } });
  expect(report.ok).toBe(true);
  expect(JSON.parse((await submissions.compileJob(job?.id ?? '')).text)).toMatchObject({ prompt: 'Rain' });
  expect(queue.get(job?.id ?? '')?.settings).toEqual(job?.settings);
  expect(await failure(submissions.compileJob('job-none'))).toMatchObject({ code: 'not_found' });
});

test('an edited job is prepared again with its new prompt', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const [job] = await submissions.submit({ targets: ['lot'] });
  if (job === undefined) throw new Error('no job');
  queue.move(job, { event: 'held', patch: { reason: 'template' } });
  expect(await submissions.edit(job.id, { prompt: 'Snow' })).toMatchObject({
    state: 'preparing',
    edited: true,
    settings: { prompt: 'Snow', promptSource: 'submit' },
  });
});

test('an edit of a job that moved on since the caller saw it is refused, and the job stays as it was', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const [submitted] = await submissions.submit({ targets: ['lot'], options: { prompt: 'Rain' } });
  const job = queue.move(submitted ?? never(), { event: 'prepared' }) ?? never();
  const edited = await submissions.edit(job.id, { weights: { depth: 0.5 } }, job.fence);
  const now = queue.move(edited, { event: 'prepared' });
  expect(await failure(submissions.edit(job.id, { prompt: 'Snow' }, job.fence))).toMatchObject({
    code: 'job_moved',
    data: { job: job.id, state: 'queued', fence: now?.fence },
  });
  expect(queue.get(job.id)).toEqual(now);
});

test('a job that moves while its edit is made is edited as it is then', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const [submitted] = await submissions.submit({ targets: ['lot'], options: { prompt: 'Rain' } });
  const { id } = queue.move(submitted ?? never(), { event: 'held' }) ?? never();
  const first = submissions.edit(id, { weights: { depth: 0.5 } });
  queue.move(queue.get(id) ?? never(), { event: 'released' }); // while the material of the first is read
  await first;
  expect(queue.get(id)).toMatchObject({ state: 'preparing', settings: { prompt: 'Rain', weights: { depth: 0.5 } } });
});

test('a new revision supersedes waiting jobs, but neither edited nor running ones', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'));
  const { submissions, queue, stale } = makeSubmissions({ clips: [clip] });
  const jobs = await submissions.submit({ targets: ['lot'], sweep: { seed: [1, 2, 3, 4] } });
  const [queued, edited, running] = jobs.map((job, i) => (i < 3 ? queue.move(job, { event: 'prepared' }) : job));
  queue.edit(edited ?? never(), jobs[1]?.settings ?? never(), {});
  queue.claim({
    host: 'local',
    slot: 0,
    engine: 'preview',
    batchKey: 'k',
    jobs: [running ?? never()],
    pricePerHour: 0,
  });
  await submissions.clipReady({ ...clip, revision: 2 });
  const after = jobs.map(({ id }) => queue.get(id));
  expect(after.map((job) => job?.state)).toEqual(['cancelled', 'preparing', 'staging', 'stopping']);
  expect(after[0]?.reason).toBe('Superseded by revision 2.');
  expect(after[3]).toMatchObject({ stopReason: 'cancel', reason: 'Superseded by revision 2.' });
  expect(queued?.state).toBe('queued');
  expect(stale).toEqual([[clip.id, 2]]);
});

function never(): never {
  throw new Error('the test has lost its job');
}

test('auto-send submits each revision once, and no clip that was there before', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'));
  const watches = [makeWatch(clip.root)];
  const { submissions, queue } = makeSubmissions({ clips: [clip], watches });
  await submissions.clipReady(clip);
  await submissions.clipReady(clip);
  expect(queue.list()).toMatchObject([{ engine: 'preview', clip: clip.id }]);
  appendFileSync(frameFile(clip.path, 'color', 1), ' ');
  await submissions.clipReady({ ...clip, revision: 2, contentKey: 'k2' });
  expect(queue.list()).toHaveLength(2);
  await submissions.clipReady({ ...clip, revision: 3, contentKey: 'k3', existing: true });
  expect(queue.list()).toHaveLength(2);
});

test('auto-send never starts a model that the folder does not name, nor anything that costs money', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'));
  const config = { preset: { gpu: { engine: 'transfer2.5', prompt: 'Rain' } }, defaults: { engine: 'transfer2.5' } };
  const plain = makeSubmissions({ clips: [clip], watches: [makeWatch(clip.root)], config });
  await plain.submissions.clipReady(clip);
  expect(plain.queue.list()).toEqual([]);
  expect(plain.warnings[0]).toMatch(/auto-send makes previews only/);
  const watches = [makeWatch(clip.root, { preset: 'gpu' })];
  const named = makeSubmissions({ clips: [clip], watches, config });
  await named.submissions.clipReady(clip);
  expect(named.queue.list()).toMatchObject([{ engine: 'transfer2.5' }]);
  const priced = makeSubmissions({ clips: [clip], watches, config, pricePerHour: 2 });
  await priced.submissions.clipReady(clip);
  expect(priced.queue.list()).toEqual([]);
  expect(priced.warnings[0]).toMatch(/costs money/);
});

test('a render that sends itself is held where auto-send may not go by itself', async () => {
  const clips = [makeClip(path.join(tempDir(), 'lot'))];
  const onGpu = { engine: 'transfer2.5', prompt: 'Rain' } as const;
  const asked = { targets: ['lot'], options: onGpu, unattended: true };
  const { submissions, queue } = makeSubmissions({ clips });
  const [job] = await submissions.submit(asked);
  expect(job?.settings.hold).toMatch(/^A render sent it by itself: auto-send makes previews only/);
  if (job !== undefined) expect(holdReason(job.settings, 0)).toBe(job.settings.hold);
  const [byHand] = await submissions.clone([job?.id ?? '']);
  expect(byHand?.settings.hold).toBeNull();
  expect((await submissions.submit({ ...asked, unattended: false }))[0]?.settings.hold).toBeUndefined();
  expect(queue.list()).toHaveLength(3);

  const named = { clips, config: { preset: { night: { engine: 'transfer2.5' } } } };
  const options = { preset: 'night', prompt: 'Rain' };
  const [free] = await makeSubmissions(named).submissions.submit({ ...asked, options });
  expect(free?.settings.hold).toBeUndefined();
  const [priced] = await makeSubmissions({ ...named, pricePerHour: 2 }).submissions.submit({ ...asked, options });
  expect(priced?.settings.hold).toMatch(/costs money/);
});

test('a clone of a job whose flat passes are allowed allows them too; an edit can say so and take it back', async () => {
  const { submissions, queue } = makeSubmissions({ clips: [makeClip(path.join(tempDir(), 'lot'))] });
  const [job] = await submissions.submit({ targets: ['lot'], options: { prompt: 'Rain', allowFlat: true } });
  const [clone] = await submissions.clone([job?.id ?? '']);
  expect(clone?.settings.allowFlat).toBe(true);
  await submissions.edit(job?.id ?? '', { allowFlat: false }).catch(() => {}); // it is still being prepared
  const prepared = queue.move(queue.get(job?.id ?? '') ?? never(), { event: 'prepared' }) ?? never();
  expect((await submissions.edit(prepared.id, { allowFlat: false })).settings.allowFlat).toBe(false);
});

test('a folder whose preset allows flat passes sends jobs that are not held for them', async () => {
  const clip = makeClip(path.join(tempDir(), 'lot'));
  const config = { preset: { one: { prompt: 'Rain', allow_flat: true } } };
  const { submissions, queue } = makeSubmissions({
    clips: [clip],
    watches: [makeWatch(clip.root, { preset: 'one' })],
    config,
  });
  await submissions.clipReady(clip);
  expect(queue.list()).toMatchObject([{ settings: { allowFlat: true } }]);
});
