import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type PlaceRequest, placeResult, resultFolder } from '../../../daemon/artifact/place-result.js';
import { sealOf } from '../../../daemon/artifact/sha256.js';
import type { Clip, Job } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

let folder: string;
let source: string;
let sheet: string;
beforeEach(() => {
  folder = path.join(tempDir(), 'clip');
  const own = tempDir();
  source = path.join(own, 'out.mp4');
  sheet = path.join(own, 'sheet.png');
  writeFileSync(source, 'video', { mode: 0o600 });
  writeFileSync(sheet, 'sheet', { mode: 0o600 });
});

async function request(job: string, attempt = 1): Promise<PlaceRequest> {
  const owner = { job, attempt };
  const own = async (file: string) => ({ file, seal: await sealOf(file) });
  const files = { video: await own(source), contactSheet: await own(sheet) };
  return { folder, stem: 'street_aug', ...files, owner, provenance: (video) => ({ ...owner, video }) };
}

const names = () => readdirSync(folder).sort();
const namesOf = (...stems: string[]) =>
  stems.flatMap((stem) => [`${stem}.json`, `${stem}.mp4`, `${stem}_sheet.png`]).sort();

test('names count up, and nothing else is left in the folder', async () => {
  for (const job of ['a', 'b', 'c']) await placeResult(await request(job));
  expect(names()).toEqual(namesOf('street_aug', 'street_aug_2', 'street_aug_3'));
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
  rmSync(placed.contactSheet);
  expect(await placeResult(await request('a'))).toEqual(placed);
  expect(path.basename((await placeResult(await request('a', 2))).video)).toBe('street_aug_3.mp4');
});

test('a file of somebody else under a reserved name is left alone', async () => {
  const placed = await placeResult(await request('a'));
  writeFileSync(placed.video, 'mine!');
  const again = await placeResult(await request('a'));
  expect(path.basename(again.video)).toBe('street_aug_2.mp4');
  expect(readFileSync(placed.video, 'utf8')).toBe('mine!');
});

test('a foreign JSON beside it is not taken for provenance', async () => {
  await placeResult(await request('x'));
  writeFileSync(path.join(folder, 'street_aug_2.json'), '{"prompt": "mine"}');
  expect(path.basename((await placeResult(await request('a'))).video)).toBe('street_aug_3.mp4');
});

/** What a neighbour may put under a name that is to come. */
const TRAPS: Readonly<Record<string, (file: string, victim: string) => void>> = {
  'a link to a file of the user': (file, victim) => symlinkSync(victim, file),
  'a link to a file that is not there': (file, victim) => symlinkSync(`${victim}.new`, file),
  'a link to a pipe': (file, victim) => {
    execFileSync('mkfifo', [`${victim}.pipe`]);
    symlinkSync(`${victim}.pipe`, file);
  },
  'a link to a device without end': (file) => symlinkSync('/dev/zero', file),
  'a pipe': (file) => execFileSync('mkfifo', [file]),
  'a folder': (file) => mkdirSync(file),
  'a file': (file) => writeFileSync(file, 'mine'),
};

test.each(Object.keys(TRAPS))(
  '%s under a name of ours is left as it is, and nothing is written through it',
  async (trap) => {
    const victim = path.join(tempDir(), 'bashrc');
    writeFileSync(victim, 'of the user');
    mkdirSync(folder);
    const taken = ['street_aug.json', 'street_aug_2.mp4', 'street_aug_3_sheet.png', '.street_aug_4.json.part'];
    for (const name of taken) {
      TRAPS[trap]?.(path.join(folder, name), victim);
      rmSync(`${victim}.pipe`, { force: true });
    }
    const kinds = () => taken.map((name) => lstatSync(path.join(folder, name)).mode);
    const before = kinds();
    const placed = await placeResult(await request('a'));
    expect(path.basename(placed.video)).toBe('street_aug_4.mp4');
    expect(readFileSync(placed.video, 'utf8')).toBe('video');
    expect(names()).toEqual([...taken, ...namesOf('street_aug_4')].sort());
    expect(kinds()).toEqual(before);
    expect([readFileSync(victim, 'utf8'), readdirSync(path.dirname(victim))]).toEqual(['of the user', ['bashrc']]);
  },
);

test('what takes the name of the contact sheet meanwhile stays, and the sheet where it was drawn', async () => {
  const placed = await placeResult(await request('a'));
  rmSync(placed.contactSheet);
  symlinkSync(source, placed.contactSheet);
  expect(await placeResult(await request('a'))).toEqual({ ...placed, contactSheet: sheet });
  expect(readFileSync(source, 'utf8')).toBe('video');
});

test.runIf(process.platform !== 'win32')('results get the mode that other new files of the folder have', async () => {
  const modes = async (mask: number) => {
    const before = process.umask(mask);
    const placed = await placeResult(await request('a')).finally(() => process.umask(before));
    return Object.values(placed).map((file) => statSync(file).mode & 0o777);
  };
  expect(await modes(0o002)).toEqual([0o664, 0o664, 0o664]);
  folder = path.join(tempDir(), 'clip');
  expect(await modes(0o077)).toEqual([0o600, 0o600, 0o600]);
});

test('lands beside the clip, the movie or the spec, or where the configuration says', async () => {
  const root = tempDir();
  const movie = path.join(root, 'street.mp4');
  writeFileSync(movie, '');
  const ofClip = { source: { kind: 'clip' } } as Job;
  const ofSpec = { source: { kind: 'spec', spec: movie } } as Job;
  const at = (place: string): Clip => ({ path: place, root }) as Clip;
  expect(await resultFolder(ofClip, at(root), null)).toBe(root);
  expect(await resultFolder(ofClip, at(movie), null)).toBe(root);
  expect(await resultFolder(ofSpec, undefined, null)).toBe(root);
  expect(await resultFolder(ofClip, at(movie), '/elsewhere')).toBe(path.resolve('/elsewhere'));
  expect(await resultFolder(ofClip, at(path.join(root, 'gone')), null)).toBeUndefined();
  expect(await resultFolder(ofClip, undefined, null)).toBeUndefined();
  const elsewhere = path.join(root, 'elsewhere');
  symlinkSync(tempDir(), elsewhere); // the clip's folder was swapped for a link that leads out
  expect(await resultFolder(ofClip, at(elsewhere), null)).toBeUndefined();
});
