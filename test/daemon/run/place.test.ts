import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type PlaceRequest, placeResult, resultFolder } from '../../../daemon/run/place.js';
import { sha256Of } from '../../../daemon/run/sha256.js';
import type { Clip, Job } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

let folder: string;
let source: string;
beforeEach(() => {
  folder = path.join(tempDir(), 'clip');
  source = path.join(tempDir(), 'out.mp4');
  writeFileSync(source, 'video');
});

async function request(job: string, attempt = 1): Promise<PlaceRequest> {
  const owner = { job, attempt };
  const sha256 = await sha256Of(source);
  return { folder, stem: 'street_aug', source, sha256, owner, provenance: (video) => ({ ...owner, video }) };
}

const names = () => readdirSync(folder).sort();

test('names count up, and nothing else is left in the folder', async () => {
  for (const job of ['a', 'b', 'c']) await placeResult(await request(job));
  expect(names()).toEqual(
    ['street_aug', 'street_aug_2', 'street_aug_3'].flatMap((stem) => [`${stem}.json`, `${stem}.mp4`]).sort(),
  );
});

test('two at the same time get two names', async () => {
  const placed = await Promise.all([placeResult(await request('a')), placeResult(await request('b'))]);
  expect(new Set(placed.map(({ video }) => path.basename(video)))).toEqual(
    new Set(['street_aug.mp4', 'street_aug_2.mp4']),
  );
});

test('repeating finds its own name again, with the video already there or not; a new attempt does not', async () => {
  await placeResult(await request('other'));
  const placed = await placeResult(await request('a'));
  expect(await placeResult(await request('a'))).toEqual(placed);
  rmSync(placed.video);
  expect(await placeResult(await request('a'))).toEqual(placed);
  expect(path.basename((await placeResult(await request('a', 2))).video)).toBe('street_aug_3.mp4');
});

test('a file of somebody else under a reserved name is left alone', async () => {
  const placed = await placeResult(await request('a'));
  writeFileSync(placed.video, 'mine');
  const again = await placeResult(await request('a'));
  expect(path.basename(again.video)).toBe('street_aug_2.mp4');
  expect(readFileSync(placed.video, 'utf8')).toBe('mine');
});

test('a foreign JSON beside it is not taken for provenance', async () => {
  await placeResult(await request('x'));
  writeFileSync(path.join(folder, 'street_aug_2.json'), '{"prompt": "mine"}');
  expect(path.basename((await placeResult(await request('a'))).video)).toBe('street_aug_3.mp4');
});

test('lands beside the clip, the movie or the spec, or where the configuration says', () => {
  const root = tempDir();
  const movie = path.join(root, 'street.mp4');
  writeFileSync(movie, '');
  const ofClip = { source: { kind: 'clip' } } as Job;
  const ofSpec = { source: { kind: 'spec', spec: movie } } as Job;
  expect(resultFolder(ofClip, { path: root } as Clip, null)).toBe(root);
  expect(resultFolder(ofClip, { path: movie } as Clip, null)).toBe(root);
  expect(resultFolder(ofSpec, undefined, null)).toBe(root);
  expect(resultFolder(ofClip, { path: movie } as Clip, '/elsewhere')).toBe(path.resolve('/elsewhere'));
  expect(resultFolder(ofClip, { path: path.join(root, 'gone') } as Clip, null)).toBeUndefined();
  expect(resultFolder(ofClip, undefined, null)).toBeUndefined();
});
