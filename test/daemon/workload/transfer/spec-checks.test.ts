import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { estimateSpec } from '../../../../daemon/workload/nvidia/estimate-spec.js';
import { SpecChecks, type SpecCheckWish } from '../../../../daemon/workload/transfer/spec-checks.js';
import type { Clip, Prepared, Watch } from '../../../../schemas/index.js';
import { sampleClip } from '../../../support/samples.js';
import { media } from '../../../support/spec-check.js';
import { tempDir } from '../../../support/tmp.js';

const spec = { name: 'lot', prompt: 'A street', video_path: 'color.mp4', edge: { control_path: '../edge.mp4' } };

interface World {
  readonly watched?: boolean;
  readonly clip?: Partial<Clip>;
  readonly prepared?: Prepared;
  readonly wish?: SpecCheckWish;
  readonly file?: string;
}

function check(text: object, world: World = {}) {
  const { checks, file } = worldOf(world);
  return checks.check(file, JSON.stringify(text), world.wish);
}

function worldOf({ watched = false, clip, prepared, file = 'spec.json' }: World) {
  const folder = tempDir();
  const shot = path.join(folder, 'shot');
  mkdirSync(shot);
  writeFileSync(path.join(shot, 'color.mp4'), 'x');
  writeFileSync(path.join(folder, 'edge.mp4'), 'x');
  const watch: Watch = {
    ...{ path: watched ? shot : '/elsewhere', mode: 'tree', settle: 5, poll: false, autoSend: false },
    ...{ preset: null, fps: 24, source: 'added', state: 'online' },
  };
  const look = async () => ({
    media: (named: string) => (named === 'color.mp4' ? media(48) : media(40)),
    unreadable: () => undefined,
  });
  const checks = new SpecChecks({
    media: { look },
    folders: { list: () => [watch] },
    clips: { list: () => (clip === undefined ? [] : [sampleClip({ path: shot, ...clip })]) },
    prepared: () => prepared ?? null,
    estimate: (question) => estimateSpec(question, 'h100', 3),
  });
  return { checks, file: path.join(shot, file) };
}

test('a client hears of frames that do not fit', async () => {
  const { report } = await check(spec);
  const codes = report.issues.map(({ code }) => code);
  expect(codes).toContain('frames_differ');
  expect(codes).not.toContain('outside_root');
});

test('a spec in a watched folder may not read beyond it', async () => {
  const { report } = await check(spec, { watched: true });
  expect(report.ok).toBe(false);
  expect(report.issues).toContainEqual(
    expect.objectContaining({ code: 'outside_root', path: ['edge', 'control_path'] }),
  );
});

test('it tells what the spec comes to: chunks, time and price of the video that is there', async () => {
  const { outlook } = await check(spec);
  expect(outlook).toMatchObject([
    { cost: { line: 1, estimate: { frames: 48, chunks: 1, seconds: expect.any(Number) } } },
  ]);
  expect(outlook[0]?.cost?.estimate.dollars).toBeGreaterThan(0);
});

test('a spec beside its clip may name passes that are not encoded yet', async () => {
  const passes = { ...spec, video_path: 'inputs/color.mp4', edge: { control_path: 'inputs/depht.mp4' } };
  const clip = { name: 'shot', passes: ['color', 'depth'] as const, frames: 121, width: 1280, height: 704 };
  const { report, outlook } = await check(passes, {
    file: 'shot.cosmos.json',
    clip: { ...clip, passes: [...clip.passes] },
  });
  const missing = report.issues.filter(({ code }) => code === 'path_not_file');
  expect(missing).toMatchObject([{ path: ['edge', 'control_path'] }]);
  expect(missing[0]?.offers?.[0]?.says).toBe('Write "inputs/depth.mp4".');
  expect(outlook[0]?.cost?.estimate).toMatchObject({ frames: 121, chunks: 2 });
});

test('a text becomes one of the other engine, for the same file, with an account of what is not the same', async () => {
  const { checks, file } = worldOf({ file: 'shot.cosmos.json' });
  const source = { ...spec, seed: 7, guidance: 3 };
  const { text, losses } = await checks.translate(file, JSON.stringify(source), 'cosmos3');
  expect(JSON.parse(text)).toMatchObject({ prompt: 'A street', vision_path: 'color.mp4', seed: 7 });
  expect(losses.map(({ path: at }) => at.join('.'))).toContain('model_mode');
  const again = await checks.translate(file, text, 'transfer2.5');
  expect(JSON.parse(again.text)).toMatchObject({ prompt: 'A street', video_path: 'color.mp4', seed: 7 });
});

test('a text that NVIDIA does not accept is not translated', async () => {
  const { checks, file } = worldOf({});
  await expect(checks.translate(file, '{"name": 1}', 'cosmos3')).rejects.toMatchObject({ code: 'spec_invalid' });
});

test("a job's spec is checked against its frozen inputs", async () => {
  const inputs = ['inputs/color.mp4', 'inputs/depth.mp4'].map((at) => ({ path: at, sha256: 'a'.repeat(64), bytes: 1 }));
  const prepared = { ...{ name: 'lot', spec: '', specSha256: '', hints: ['depth'] }, inputs, media: media(93) };
  const text = {
    ...{ name: 'lot', prompt: 'A street', video_path: 'inputs/color.mp4' },
    depth: depthOf('inputs/depth.mp4'),
  };
  expect((await check(text, { prepared, wish: { job: 'j1' } })).report.ok).toBe(true);
  const wrong = { ...text, depth: depthOf('inputs/deep.mp4') };
  const { report } = await check(wrong, { prepared, wish: { job: 'j1' } });
  expect(report.issues.map(({ code }) => code)).toContain('path_not_file');
});

function depthOf(control_path: string) {
  return { control_path, control_weight: 1 };
}
