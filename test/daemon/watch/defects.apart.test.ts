/** Acceptance: clips with a defect end in the right state with the right sentence and are never announced. */
import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { runProcess } from '../../../daemon/process.js';
import { writeManifest } from '../../support/manifest.js';
import { frameFile, writePng, writeSequences } from '../../support/passes.js';
import { tempDir } from '../../support/tmp.js';
import { dropIn, mediaTools, Watching } from '../../support/watching.js';

let root: string;
beforeEach(() => {
  root = path.join(tempDir(), 'exports');
  mkdirSync(root);
});

/** Colour and depth, 8 frames of 64x48, then whatever the defect is. */
async function defective(spoil: (folder: string) => void, settle = 0.2): Promise<Watching> {
  const watching = await Watching.on(root, { settle });
  dropIn(root, 'street', (folder) => {
    writeSequences(folder, { passes: ['color', 'depth'] });
    spoil(folder);
  });
  return watching;
}

async function expectIncomplete(watching: Watching, reason: string): Promise<void> {
  const clip = await watching.until('street', 'incomplete');
  expect(clip.reason).toBe(reason);
  expect(clip.revision).toBe(0);
  expect(watching.readyNames()).toEqual([]);
}

test('without a defect the same clip is announced', async () => {
  const watching = await defective(() => {});
  await watching.until('street', 'ready');
  expect(watching.readyNames()).toEqual(['street 1']);
});

test('a hole', async () => {
  const watching = await defective((folder) => rmSync(frameFile(folder, 'depth', 5)));
  await expectIncomplete(watching, 'depth: frame 0005 missing');
});

test('unequal counts', async () => {
  const watching = await defective((folder) => rmSync(frameFile(folder, 'depth', 8)));
  await expectIncomplete(watching, 'depth has 7 frames, color 8');
});

test('unequal sizes', async () => {
  const watching = await defective((folder) => writeSequences(folder, { passes: ['seg'], width: 32, height: 24 }));
  await expectIncomplete(watching, 'seg 32x24, color 64x48');
});

test('a truncated PNG', async () => {
  const watching = await defective((folder) => {
    const file = frameFile(folder, 'color', 7);
    truncateSync(file, statSync(file).size - 20);
  });
  await expectIncomplete(watching, 'color.0007.png is cut off (no end marker)');
});

test('a truncated movie', async () => {
  const { ffmpeg } = await mediaTools();
  const movie = path.join(path.dirname(root), 'depth.mp4');
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=24', '-frames:v', '8', '-pix_fmt', 'yuv420p'];
  await runProcess(ffmpeg, [...args, movie]);
  truncateSync(movie, Math.floor(statSync(movie).size * 0.6));
  const watching = await Watching.on(root);
  dropIn(root, 'street', (folder) => {
    writeSequences(folder, { passes: ['color'] });
    renameSync(movie, path.join(folder, 'depth.mp4'));
  });
  await expectIncomplete(watching, 'depth.mp4 cannot be read: moov atom not found');
});

test('a movie that is cut off behind its index', async () => {
  const { ffmpeg } = await mediaTools();
  const movie = path.join(path.dirname(root), 'color.mp4');
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=24', '-frames:v', '48', '-pix_fmt', 'yuv420p'];
  await runProcess(ffmpeg, [...args, '-movflags', '+faststart', movie]);
  truncateSync(movie, Math.floor(statSync(movie).size * 0.6));
  const watching = await Watching.on(root);
  dropIn(root, 'street', (folder) => renameSync(movie, path.join(folder, 'color.mp4')));
  const clip = await watching.until('street', 'incomplete');
  expect(clip.reason).toMatch(/^color\.mp4 cannot be read: /);
  expect(watching.readyNames()).toEqual([]);
});

test('still growing', async () => {
  const watching = await Watching.on(root, { settle: 0.5 });
  const folder = dropIn(root, 'street', (made) => writeSequences(made, { passes: ['color', 'depth'] }));
  const growing = path.join(folder, 'seg.mp4');
  const writer = setInterval(() => appendFileSync(growing, 'more'), 40);
  try {
    await watching.untilReason('street', 'writing: files still change');
    const sizes = new Set<number>();
    await vi.waitFor(
      () => {
        sizes.add(watching.clip('street').bytes);
        expect(sizes.size).toBeGreaterThan(12); // seen growing for longer than the settle time
      },
      { interval: 10 },
    );
    expect(watching.clip('street').state).toBe('writing');
    expect(watching.readyNames()).toEqual([]);
  } finally {
    clearInterval(writer);
  }
});

test('a manifest older than a re-rendered frame', async () => {
  const watching = await defective((folder) => {
    writeManifest(folder);
    writePng(frameFile(folder, 'color', 5), 64, 48, () => [1, 2, 3]);
  }, 30);
  const sentence = 'cosmos-clip.json is older than color.0005.png: waiting for a new manifest or 30 s of quiet';
  const clip = await watching.untilReason('street', sentence);
  expect(clip.state).toBe('writing');
  expect(watching.readyNames()).toEqual([]);

  writeManifest(path.join(root, 'street'));
  await watching.until('street', 'ready');
  expect(watching.readyNames()).toEqual(['street 1']);
});

test('a link out of the watched folder', async () => {
  const outside = path.join(path.dirname(root), 'outside.png');
  writePng(outside, 64, 48, () => [0, 0, 0]);
  const watching = await defective((folder) => {
    rmSync(frameFile(folder, 'color', 3));
    symlinkSync(outside, frameFile(folder, 'color', 3));
  });
  await expectIncomplete(watching, 'color.0003.png is a link that leads out of the watched folder');
});

test('a link inside the watched folder is no defect', async () => {
  const shared = path.join(root, 'shared.png');
  writePng(shared, 64, 48, () => [0, 0, 0]);
  const watching = await defective((folder) => {
    rmSync(frameFile(folder, 'color', 3));
    symlinkSync(shared, frameFile(folder, 'color', 3));
  });
  await watching.until('street', 'ready');
});

test('an empty folder', async () => {
  const watching = await Watching.on(root);
  mkdirSync(path.join(root, 'street'));
  await expectIncomplete(watching, 'empty folder: no passes found; expected files like color.0001.png');
});

test('images that nobody can name', async () => {
  const watching = await Watching.on(root);
  dropIn(root, 'street', (folder) => writePng(path.join(folder, 'frame1.png'), 8, 8, () => [0, 0, 0]));
  await expectIncomplete(watching, 'no passes found in frame1.png; expected files like color.0001.png');
});

test('an unreadable file: a link that leads in circles', async () => {
  const watching = await defective((folder) => {
    rmSync(frameFile(folder, 'color', 3));
    symlinkSync('color.0003.png', frameFile(folder, 'color', 3));
  });
  await expectIncomplete(watching, 'color.0003.png is a link that leads in circles');
});

test('an unreadable file: a folder in its place', async () => {
  const watching = await defective((folder) => {
    rmSync(frameFile(folder, 'depth', 3));
    mkdirSync(frameFile(folder, 'depth', 3));
  });
  await expectIncomplete(watching, 'depth.0003.png is a folder, not a file');
});

test('an unreadable file: not what its name says', async () => {
  const watching = await defective((folder) => writeFileSync(frameFile(folder, 'color', 1), 'hello'));
  await expectIncomplete(watching, 'color.0001.png is no PNG image');
});

test('a manifest with a mistake', async () => {
  const watching = await defective((folder) => {
    writeManifest(folder);
    writeFileSync(path.join(folder, 'cosmos-clip.json'), '{"schema":"cosmos-clip/1","frames":{"first":1,"last":"x"}}');
  });
  const clip = await watching.until('street', 'incomplete');
  expect(clip.reason).toMatch(/^cosmos-clip\.json: /);
  expect(watching.readyNames()).toEqual([]);
});
