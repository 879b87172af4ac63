import { copyFileSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { probeVideo } from '../../../../daemon/media/probe.js';
import { findMediaTools, type MediaTools } from '../../../../daemon/media/tools.js';
import { runProcess } from '../../../../daemon/process.js';
import { checkSpec } from '../../../../daemon/workload/dialects/check.js';
import { MediaFacts } from '../../../../daemon/workload/dialects/media-facts.js';
import { tempDir } from '../../../support/tmp.js';

let tools: MediaTools;
beforeAll(async () => {
  tools = await findMediaTools();
});

const spec = (video: string, control: string) =>
  JSON.stringify({ name: 'lot', prompt: 'A street', video_path: video, edge: { control_path: control } });

async function writeClip(file: string, frames: number, size = '64x48'): Promise<void> {
  const source = `testsrc=size=${size}:rate=24`;
  await runProcess(tools.ffmpeg, ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-frames:v', `${frames}`, file]);
}

/** A folder with two clips, and a look whose ffprobe calls are counted; every look begins with the cache on disk. */
async function world() {
  const folder = tempDir();
  await writeClip(path.join(folder, 'color.mp4'), 6);
  await writeClip(path.join(folder, 'edge.mp4'), 4, '32x32');
  const probed: string[] = [];
  const cacheFile = path.join(folder, 'state', 'media.json');
  const facts = () =>
    new MediaFacts({
      tools,
      cacheFile,
      probe: (by, file) => {
        probed.push(path.basename(file));
        return probeVideo(by, file);
      },
    });
  const look = (text: string) => facts().look(path.join(folder, 'lot.json'), text);
  return { folder, cacheFile, probed, look };
}

test('frames, size and rate are those of the files, for names with and without a folder', async () => {
  const { folder, look } = await world();
  const absolute = path.join(folder, 'edge.mp4');
  const { media, unreadable } = await look(spec('./color.mp4', absolute));
  expect(media('./color.mp4')).toMatchObject({ frames: 6, width: 64, height: 48, fps: { num: 24, den: 1 } });
  expect(media(absolute)).toMatchObject({ frames: 4, width: 32, height: 32 });
  expect(media('color.mp4')).toBeUndefined();
  expect(unreadable('./color.mp4')).toBeUndefined();
});

test('the second look asks ffprobe nothing, not even for a copy under another name and time', async () => {
  const { folder, probed, look } = await world();
  const first = await look(spec('color.mp4', 'edge.mp4'));
  expect(probed.toSorted()).toEqual(['color.mp4', 'edge.mp4']);
  copyFileSync(path.join(folder, 'color.mp4'), path.join(folder, 'again.mp4'));
  utimesSync(path.join(folder, 'edge.mp4'), 1, 1);
  const second = await look(spec('again.mp4', 'edge.mp4'));
  expect(probed).toHaveLength(2);
  expect(second.media('again.mp4')).toEqual({ frames: 6, width: 64, height: 48, fps: { num: 24, den: 1 } });
  expect(second.media('edge.mp4')).toMatchObject({ frames: first.media('edge.mp4')?.frames });
});

test('two copies in one spec are probed once', async () => {
  const { folder, probed, look } = await world();
  copyFileSync(path.join(folder, 'color.mp4'), path.join(folder, 'again.mp4'));
  const { media } = await look(spec('color.mp4', 'again.mp4'));
  expect(probed).toHaveLength(1);
  expect(media('again.mp4')).toEqual(media('color.mp4'));
});

test('a changed file is looked at again', async () => {
  const { folder, probed, look } = await world();
  await look(spec('color.mp4', 'edge.mp4'));
  await writeClip(path.join(folder, 'edge.mp4'), 5);
  const { media } = await look(spec('color.mp4', 'edge.mp4'));
  expect(probed.slice(2)).toEqual(['edge.mp4']);
  expect(media('edge.mp4')).toMatchObject({ frames: 5, width: 64 });
});

test('an unchanged file is not read again: its time and size stand for its bytes', async () => {
  const { folder, cacheFile, probed, look } = await world();
  await look(spec('color.mp4', 'edge.mp4'));
  const file = path.join(folder, 'edge.mp4');
  const { atime, mtime, size } = statSync(file);
  writeFileSync(file, Buffer.alloc(size));
  utimesSync(file, atime, mtime);
  const cache = JSON.parse(readFileSync(cacheFile, 'utf8'));
  cache.hashes[file].mtimeMs = statSync(file).mtimeMs; // utimes cuts the time down to microseconds
  writeFileSync(cacheFile, JSON.stringify(cache));
  const { media } = await look(spec('color.mp4', 'edge.mp4'));
  expect(probed).toHaveLength(2);
  expect(media('edge.mp4')).toMatchObject({ frames: 4 });
});

test('what ffprobe cannot read is said, and asked again the next time', async () => {
  const { folder, probed, look } = await world();
  writeFileSync(path.join(folder, 'edge.mp4'), 'no video at all');
  const text = spec('color.mp4', 'edge.mp4');
  for (const expected of [2, 3]) {
    const facts = await look(text);
    expect(facts.media('edge.mp4')).toBeUndefined();
    expect(facts.unreadable('edge.mp4')).toMatch(/^(moov atom not found|Invalid data found when processing input)$/);
    expect(probed).toHaveLength(expected);
    const { issues, nvidia, ok } = checkSpec(path.join(folder, 'lot.json'), text, { facts });
    expect({ nvidia, ok }).toEqual({ nvidia: 'accepts', ok: false });
    expect(issues.find(({ code }) => code === 'media_unreadable')).toMatchObject({
      severity: 'error',
      path: ['edge', 'control_path'],
    });
  }
});

test('an empty file, a missing one and one of another kind are no media, and nobody complains', async () => {
  const { folder, probed, look } = await world();
  writeFileSync(path.join(folder, 'edge.mp4'), '');
  for (const control of ['edge.mp4', 'away.mp4', 'state', 'lot.npz']) {
    const { media, unreadable } = await look(spec('color.mp4', control));
    expect([media(control), unreadable(control)]).toEqual([undefined, undefined]);
  }
  expect(probed).toEqual(['color.mp4']);
});

test('an ffprobe that does not run leaves the facts unknown', async () => {
  const { folder } = await world();
  const broken = { ...tools, ffprobe: path.join(folder, 'no-such-program') };
  const facts = new MediaFacts({ tools: broken, cacheFile: path.join(folder, 'state', 'media.json') });
  const { media, unreadable } = await facts.look(path.join(folder, 'lot.json'), spec('color.mp4', 'edge.mp4'));
  expect([media('color.mp4'), unreadable('color.mp4')]).toEqual([undefined, undefined]);
});

test('a torn cache is begun anew, and a cache that cannot be written fails nothing', async () => {
  const { folder, cacheFile, probed, look } = await world();
  await look(spec('color.mp4', 'edge.mp4'));
  writeFileSync(cacheFile, '{"version": 1, "hashes"');
  expect((await look(spec('color.mp4', 'edge.mp4'))).media('color.mp4')).toMatchObject({ frames: 6 });
  expect(probed).toHaveLength(4);
  rmSync(path.join(folder, 'state'), { recursive: true });
  writeFileSync(path.join(folder, 'state'), 'a file where the folder should be');
  expect((await look(spec('color.mp4', 'edge.mp4'))).media('color.mp4')).toMatchObject({ frames: 6 });
});

test('a spec that cannot be read names no files', async () => {
  const { probed, look } = await world();
  const { media } = await look('{');
  expect(media('color.mp4')).toBeUndefined();
  expect(probed).toEqual([]);
});
