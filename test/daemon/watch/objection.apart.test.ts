/** A clip whose files are whole and which a submit would refuse all the same: it is not called ready. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { writeManifest } from '../../support/manifest.js';
import { writeSequences } from '../../support/passes.js';
import { dryRun, submittable } from '../../support/submittable.js';
import { tempDir } from '../../support/tmp.js';
import { dropIn } from '../../support/watching.js';

let root: string;
beforeEach(() => {
  root = path.join(tempDir(), 'exports');
  mkdirSync(root);
});

const passes = (folder: string) => writeSequences(folder, { passes: ['color', 'depth'], last: 2 });
const good = { name: 'lot', prompt: 'by hand', video_path: 'inputs/color.mp4', edge: { control_weight: 0.5 } };

test.each<[string, string, RegExp]>([
  [
    'an unknown key',
    JSON.stringify({ ...good, guidence: 3 }),
    /^The spec of lot: .*no "guidence"\. Did you mean "guidance"\?$/,
  ],
  [
    'a file that is not there',
    JSON.stringify({ ...good, edge: { control_path: 'edge.mp4' } }),
    /: there is no file edge\.mp4$/,
  ],
  ['a comma too many', '{"name": "lot",}', /lot\.cosmos\.json:1:15: there is a comma too many before the "}"$/],
])('a spec with %s; repaired, the clip is ready and announced once', async (_, text, reason) => {
  const world = await submittable(root);
  const folder = dropIn(root, 'lot', (made) => {
    passes(made);
    writeFileSync(path.join(made, 'lot.cosmos.json'), text);
  });
  const clip = await world.watching.until('lot', 'incomplete');
  expect(clip.reason).toMatch(reason);
  expect(clip).toMatchObject({ objection: clip.reason, passes: ['color', 'depth'], revision: 0 });
  expect(await dryRun(world, clip)).not.toBeNull();
  expect(world.watching.readyNames()).toEqual([]);

  writeFileSync(path.join(folder, 'lot.cosmos.json'), JSON.stringify(good));
  const ready = await world.watching.until('lot', 'ready');
  expect(ready).toMatchObject({ objection: null, reason: '', revision: 1 });
  expect(await dryRun(world, ready)).toBeNull();

  writeFileSync(path.join(folder, 'lot.cosmos.json'), text);
  await world.watching.until('lot', 'incomplete');
  writeFileSync(path.join(folder, 'lot.cosmos.json'), JSON.stringify(good));
  await world.watching.until('lot', 'ready');
  expect(world.watching.readyNames()).toEqual(['lot 1']);
});

test('a scene that asks for a preset nobody has: said, and another one can be chosen', async () => {
  const world = await submittable(root, {}, { preset: { dusk: { prompt: 'Dusk' } } });
  dropIn(root, 'lot', (made) => {
    passes(made);
    writeManifest(made, { frames: { first: 1, last: 2, step: 1 }, wanted: { preset: 'dust' } });
  });
  const clip = await world.watching.until('lot', 'incomplete');
  expect(clip.reason).toBe('There is no preset "dust". Did you mean dusk?');
  const [plan] = await world.submissions.plan({ targets: [clip.id], options: { preset: 'dusk' } });
  expect(plan).toMatchObject({ prompt: 'Dusk', check: { ok: true } });
});

test('a spec for the engine that is not the default goes to the one that reads it', async () => {
  const world = await submittable(root);
  dropIn(root, 'lot', (made) => {
    passes(made);
    const spec = {
      name: 'lot',
      prompt: 'by hand',
      seed: 1,
      model_mode: 'video2video',
      vision_path: 'inputs/color.mp4',
      edge: {},
    };
    writeFileSync(path.join(made, 'lot.cosmos.json'), JSON.stringify(spec));
  });
  const clip = await world.watching.until('lot', 'ready');
  const [plan] = await world.submissions.plan({ targets: [clip.id] });
  expect(plan).toMatchObject({ engine: 'cosmos3', check: { ok: true } });
});

test('while files are missing nobody asks whether a submit would be refused', async () => {
  const asked = vi.fn();
  const world = await submittable(root);
  const ask = world.submissions.objection.bind(world.submissions);
  world.submissions.objection = async (clip, files) => {
    asked(clip.name);
    return ask(clip, files);
  };
  dropIn(root, 'holed', (made) => writeSequences(made, { passes: ['depth'], last: 2 }));
  await world.watching.until('holed', 'incomplete');
  expect(asked).not.toHaveBeenCalled();
  dropIn(root, 'whole', passes);
  await world.watching.until('whole', 'ready');
  expect(new Set(asked.mock.calls.flat())).toEqual(new Set(['whole']));
});

const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';

test.each<[string, Buffer, RegExp]>([
  [
    'Windows-1252',
    Buffer.from('Caf\xe9', 'latin1'),
    /prompt\.txt:1:4: this is not UTF-8: it looks like Windows-1252 \(byte E9/,
  ],
  ['a pointer', Buffer.from(LFS), /prompt\.txt: this is a Git LFS pointer and not the file itself; run `git lfs pull`/],
])(
  'a prompt.txt that is %s: said by the watch and by the submit; repaired, the clip is ready',
  async (_, bytes, words) => {
    const world = await submittable(root);
    const folder = dropIn(root, 'lot', (made) => {
      passes(made);
      writeFileSync(path.join(made, 'prompt.txt'), bytes);
    });
    const clip = await world.watching.until('lot', 'incomplete');
    expect(clip.reason).toMatch(words);
    expect(await dryRun(world, clip)).toBe(`${clip.reason}.`);

    writeFileSync(path.join(folder, 'prompt.txt'), Buffer.from('\ufeffCafé', 'utf16le'));
    const ready = await world.watching.until('lot', 'ready');
    const [plan] = await world.submissions.plan({ targets: [ready.id] });
    expect(plan).toMatchObject({ prompt: 'Café', promptSource: 'prompt.txt' });

    writeFileSync(path.join(folder, 'prompt.txt'), bytes);
    expect((await world.watching.until('lot', 'incomplete')).reason).toMatch(words);
  },
);

test('movies and pictures of a checkout without Git LFS are called that', async () => {
  const world = await submittable(root);
  dropIn(root, 'film', (made) => writeFileSync(path.join(made, 'color.mp4'), LFS));
  dropIn(root, 'frames', (made) => writeFileSync(path.join(made, 'color.0001.exr'), LFS));
  const said = 'is a Git LFS pointer and not the file itself: run `git lfs pull` in its folder';
  expect((await world.watching.until('film', 'incomplete')).reason).toBe(`color.mp4 cannot be read: it ${said}`);
  expect((await world.watching.until('frames', 'incomplete')).reason).toBe(`color.0001.exr ${said}`);
});
