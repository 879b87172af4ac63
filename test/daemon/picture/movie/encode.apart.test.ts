import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { MovieWriter } from '../../../../daemon/media/frames.js';
import { probeVideo } from '../../../../daemon/media/probe.js';
import type { EncodeRequest } from '../../../../daemon/picture/movie/encode.js';
import { runProcess } from '../../../../daemon/process.js';
import { framesOf, freshStateDir, frozen, makeEncoder, mediaTools, oldMediaTools } from '../../../support/encoder.js';
import { writeExr } from '../../../support/exr.js';
import { frameFile, writePng, writeSequences } from '../../../support/passes.js';
import { tempDir } from '../../../support/tmp.js';

const fps = { num: 24, den: 1 };
const asIs = { kind: 'view', view: 'asIs' } as const;
const never = new AbortController().signal;

function sequence(files: readonly string[], more: Partial<EncodeRequest> = {}, layer?: string): EncodeRequest {
  const list = { kind: 'sequence', files: files.map(frozen), layer } as const;
  return { pass: 'color', files: list, root: null, fps, style: asIs, ...more };
}

function pngs(folder: string, count: number, width: number, height: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const file = path.join(folder, `color.-${String(count - i).padStart(4, '0')}.png`);
    writePng(file, width, height, (x, y) => [(x * 3) % 256, (y * 3) % 256, i * 20]);
    return file;
  });
}

test.each([
  ['the ffmpeg found here', mediaTools],
  ['the npm package', oldMediaTools],
])('frames in any numbering become H.264 with %s', async (_, tools) => {
  const { encoder, stateDir } = makeEncoder(await tools());
  const fractions: number[] = [];
  const request = sequence(pngs(tempDir(), 6, 65, 49), { fps: { num: 24_000, den: 1001 } });
  const made = await encoder.encode(request, never, (fraction) => fractions.push(fraction));
  expect(made.media).toEqual({ frames: 6, width: 64, height: 48, fps: { num: 24_000, den: 1001 } });
  const info = await probeVideo(await mediaTools(), stateDir.cas(made.sha256));
  expect(info).toMatchObject({ ...made.media, codec: 'h264', pixFmt: 'yuv420p', constantRate: true });
  expect(fractions).toEqual([1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1]);
  const frames = await framesOf(stateDir.cas(made.sha256), 64, 48, 'rgb24');
  const blue = frames.map((frame) => Math.round((frame[3 * 64 * 24 + 2] ?? 0) / 20));
  expect(blue).toEqual([0, 1, 2, 3, 4, 5]);
});

test('JPEG frames and names that need quoting', async () => {
  const tools = await oldMediaTools();
  const { encoder } = makeEncoder(tools);
  const file = path.join(tempDir(), "it's a 'frame' #1.jpg");
  await runProcess(tools.ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=32x32', '-frames:v', '1', file]);
  expect((await encoder.encode(sequence([file, file]), never, () => {})).media.frames).toBe(2);
});

test('the same content is encoded once, whatever its name and time', async () => {
  const tools = await mediaTools();
  const stateDir = freshStateDir();
  const [folder, other] = [tempDir(), tempDir()];
  const first = await makeEncoder(tools, stateDir).encoder.encode(sequence(pngs(folder, 3, 32, 32)), never, () => {});
  const copies = pngs(other, 3, 32, 32);
  for (const file of copies) utimesSync(file, 1, 1);
  const broken = { ...tools, ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' };
  const again = makeEncoder(broken, stateDir).encoder;
  expect(await again.encode(sequence(copies), never, () => {})).toEqual(first);
  await expect(again.encode(sequence(copies, { fps: { num: 25, den: 1 } }), never, () => {})).rejects.toThrow();
});

test('the jobs of a sweep share one encode', async () => {
  const { encoder } = makeEncoder(await mediaTools());
  const files = pngs(tempDir(), 4, 32, 32);
  let drawn = 0;
  const all = [1, 2, 3].map(() => encoder.encode(sequence(files), new AbortController().signal, () => drawn++));
  const [one, ...others] = await Promise.all(all);
  expect(others).toEqual([one, one]);
  expect(drawn).toBe(4);
});

test('a cancelled encode leaves nothing', async () => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const files = Array.from({ length: 40 }, () => pngs(tempDir(), 1, 320, 240)[0] ?? '');
  const abort = new AbortController();
  const reason = new Error('cancelled');
  const encode = encoder.encode(sequence(files), abort.signal, (fraction) => fraction > 0.2 && abort.abort(reason));
  await expect(encode).rejects.toBe(reason);
  expect(readdirSync(stateDir.casRoot)).toEqual([]);
  expect(readdirSync(stateDir.encodeCache)).toEqual([]);
});

test('a damaged frame fails the encode', async () => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const folder = tempDir();
  writeSequences(folder, { passes: ['color'], last: 4 });
  const files = [1, 2, 3, 4].map((frame) => frameFile(folder, 'color', frame));
  await runProcess('truncate', ['-s', '60', files[2] ?? '']);
  await expect(encoder.encode(sequence(files), never, () => {})).rejects.toMatchObject({ code: 'encode_failed' });
  expect(readdirSync(stateDir.casRoot)).toEqual([]);
});

test('a file that changed since the submit is named', async () => {
  const { encoder } = makeEncoder(await mediaTools());
  const files = pngs(tempDir(), 3, 32, 32);
  const request = sequence(files);
  writePng(files[1] ?? '', 48, 32, () => [1, 2, 3]);
  await expect(encoder.encode(request, never, () => {})).rejects.toMatchObject({
    code: 'clip_changed',
    message: `${path.basename(files[1] ?? '')} changed after the job was submitted; submit again.`,
  });
});

async function movie(file: string, args: readonly string[]): Promise<string> {
  const input = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=65x48:r=25:d=0.4'];
  await runProcess((await mediaTools()).ffmpeg, [...input, ...args, file]);
  return file;
}

test('a finished movie is frozen as it is, any other is encoded', async () => {
  const { encoder, stateDir } = makeEncoder(await oldMediaTools());
  const folder = tempDir();
  const good = await movie(path.join(folder, 'a.mp4'), ['-vf', 'crop=64:48', '-pix_fmt', 'yuv420p']);
  const odd = await movie(path.join(folder, 'b.mov'), ['-c:v', 'mjpeg']);
  const files = (file: string) =>
    ({ pass: 'color', files: { kind: 'movie', file: frozen(file) }, root: null, fps, style: asIs }) as const;
  const kept = await encoder.encode(files(good), never, () => {});
  expect(kept).toMatchObject({ bytes: frozen(good).size, media: { frames: 10, width: 64, fps: { num: 25, den: 1 } } });
  const made = await encoder.encode(files(odd), never, () => {});
  expect(made.media).toEqual(kept.media);
  expect(await probeVideo(await mediaTools(), stateDir.cas(made.sha256))).toMatchObject({ codec: 'h264', frames: 10 });
});

test('a movie that some players turn, cut or stretch is encoded upright at a constant rate', async () => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const { ffmpeg } = await mediaTools();
  const folder = tempDir();
  const plain = path.join(folder, 'plain.mp4');
  const source = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25', '-frames:v', '20', '-pix_fmt', 'yuv420p'];
  await runProcess(ffmpeg, [...source, '-g', '20', plain]);
  const turned = path.join(folder, 'turned.mp4');
  await runProcess(ffmpeg, ['-v', 'error', '-i', plain, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', turned]);
  const cut = path.join(folder, 'cut.mp4');
  await runProcess(ffmpeg, ['-v', 'error', '-ss', '0.3', '-i', plain, '-c', 'copy', cut]);
  const variable = path.join(folder, 'variable.mp4');
  await runProcess(ffmpeg, [...source, '-vf', 'select=not(mod(n\\,3))+eq(n\\,4)', '-vsync', 'vfr', variable]);
  const sizes = { turned: [48, 64], cut: [64, 48], variable: [64, 48] };
  for (const [name, [width, height]] of Object.entries(sizes)) {
    const file = frozen(path.join(folder, `${name}.mp4`));
    const { frames } = await probeVideo(await mediaTools(), file.path);
    if (name === 'cut') expect(frames).toBeLessThan(20);
    const request = { pass: 'color', files: { kind: 'movie', file }, root: null, fps, style: asIs } as const;
    const made = await encoder.encode(request, never, () => {});
    expect(made.media, name).toMatchObject({ width, height, frames });
    const plainly = { turned: false, whole: true, constantRate: true };
    expect(await probeVideo(await mediaTools(), stateDir.cas(made.sha256)), name).toMatchObject({ ...plainly, frames });
  }
});

test.each([
  ['the ffmpeg found here', mediaTools],
  ['the npm package', oldMediaTools],
])('linear EXR colours get the sRGB curve with %s', async (_, tools) => {
  const { encoder, stateDir } = makeEncoder(await tools());
  const file = path.join(tempDir(), 'color.0001.exr');
  writeExr(file, 32, 16, { R: (x) => (x < 16 ? 0.5 : 4), G: (x) => (x < 16 ? 0.5 : 4), B: (x) => (x < 16 ? 0.5 : 4) });
  const made = await encoder.encode(sequence([file], { style: { kind: 'view', view: 'srgb' } }), never, () => {});
  const [frame] = await framesOf(stateDir.cas(made.sha256), 32, 16, 'gray');
  expect(frame?.[8 * 32 + 4]).toBeGreaterThan(185); // 0.5 is 188 of 255
  expect(frame?.[8 * 32 + 4]).toBeLessThan(191);
  expect(frame?.[8 * 32 + 28]).toBeGreaterThan(252);
});

const layers = {
  'a layer of three channels': { 'depth.R': dist, 'depth.G': dist, 'depth.B': dist },
  'a layer of one channel': { 'depth.Z': dist, 'depth2.R': () => 9 },
  'a luminance layer': { 'depth.Y': dist },
};

function dist(x: number, y: number): number {
  if (y === 0) return [0, Number.POSITIVE_INFINITY, Number.NaN, 1e10][x % 4] ?? 0;
  return x < 16 ? 2 : 8;
}

test.each(Object.entries(layers))('depth in %s is normalised without its misses', async (_, channels) => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const folder = tempDir();
  const files = [1, 2].map((frame) => {
    const file = path.join(folder, `beauty.${frame}.exr`);
    const picture = { R: () => 0.1, G: () => 0.2, B: () => 0.3 };
    const far = Object.fromEntries(
      Object.keys(channels).map((name) => [name, (x: number, y: number) => 2 * dist(x, y)]),
    );
    writeExr(file, 32, 16, { ...picture, ...(frame === 1 ? channels : far) });
    return file;
  });
  const style = { kind: 'depth', polarity: 'near-dark', near: undefined, far: undefined } as const;
  const made = await encoder.encode(sequence(files, { pass: 'depth', style }, 'depth'), never, () => {});
  const [first, second] = await framesOf(stateDir.cas(made.sha256), 32, 16, 'gray');
  const at = (frame: Buffer | undefined, x: number, y = 8) => Math.round((frame?.[y * 32 + x] ?? -1) / 4) * 4;
  // Over the clip: 2 is white, 16 is black; 8 and 4 lie between by their disparity.
  expect(at(first, 4)).toBeGreaterThan(248);
  expect(at(first, 28)).toBe(Math.round((255 * (1 / 8 - 1 / 16)) / (1 / 2 - 1 / 16) / 4) * 4);
  expect(at(second, 4)).toBe(Math.round((255 * (1 / 4 - 1 / 16)) / (1 / 2 - 1 / 16) / 4) * 4);
  expect(at(second, 28)).toBeLessThan(8);
  expect(at(first, 9, 0)).toBeLessThan(60); // a line of misses is dark, blurred a little by the codec
});

test('a lone Pz beside the picture and a position layer is found', async () => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const file = path.join(tempDir(), 'beauty.1.exr');
  const zero = () => 0;
  writeExr(file, 32, 16, {
    R: zero,
    G: zero,
    B: zero,
    'P.x': zero,
    'P.y': zero,
    'P.z': zero,
    Pz: (x) => (x < 16 ? 1 : 3),
  });
  const style = { kind: 'depth', polarity: 'near-dark', near: undefined, far: undefined } as const;
  const made = await encoder.encode(sequence([file], { pass: 'depth', style }, 'Pz'), never, () => {});
  const [frame] = await framesOf(stateDir.cas(made.sha256), 32, 16, 'gray');
  expect(frame?.[8 * 32 + 4]).toBeGreaterThan(248);
  expect(frame?.[8 * 32 + 28]).toBeLessThan(8);
});

test('a missing layer is named with those that are there', async () => {
  const { encoder } = makeEncoder(await mediaTools());
  const file = path.join(tempDir(), 'beauty.1.exr');
  writeExr(file, 8, 8, { R: () => 0, G: () => 0, B: () => 0, 'seg.R': () => 0 });
  await expect(encoder.encode(sequence([file], {}, 'depth'), never, () => {})).rejects.toThrow(
    /^beauty\.1\.exr has no layer depth; it has the picture itself, seg\.$/,
  );
});

test('a movie writer takes many frames without leaving listeners behind', async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on('warning', listen);
  const shape = { width: 320, height: 240, format: 'rgb24' } as const;
  const writer = new MovieWriter(await mediaTools(), path.join(tempDir(), 'a.mp4'), { ...shape, fps });
  for (let i = 0; i < 40; i++) await writer.write(Buffer.alloc(320 * 240 * 3, i));
  await writer.close();
  process.off('warning', listen);
  expect(warnings).toEqual([]);
});

test('what an encoded movie says is kept with it', async () => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const request = sequence(pngs(tempDir(), 3, 32, 32));
  const made = await encoder.encode(request, never, () => {});
  expect(made.measure).toMatchObject({
    frames: 3,
    min: [0, 0, 0],
    max: [93, 93, 40],
    repeated: 0,
    blank: 0,
    notes: [],
  });
  expect(await encoder.encode(request, never, () => {})).toEqual(made);
  const [name = ''] = readdirSync(stateDir.encodeCache);
  const entry = path.join(stateDir.encodeCache, name);
  for (const older of [JSON.stringify({ ...made, measure: undefined }), '{"sha256":', '']) {
    writeFileSync(entry, older);
    expect(await encoder.encode(request, never, () => {})).toEqual(made);
    expect(JSON.parse(readFileSync(entry, 'utf8'))).toEqual(made);
  }
});

test('black depth is measured as it was read', async () => {
  const { encoder } = makeEncoder(await mediaTools());
  const style = { kind: 'depth', polarity: 'near-dark', near: undefined, far: undefined } as const;
  const folder = tempDir();
  const exr = path.join(folder, 'depth.0001.exr');
  writeExr(exr, 16, 16, { Y: () => 0 });
  const black = await encoder.encode(sequence([exr, exr], { style }), never, () => {});
  expect(black.measure).toMatchObject({
    min: [0],
    max: [0],
    share: 1,
    blank: 2,
    repeated: 1,
    read: { least: 0, most: 0 },
  });
  const png = path.join(folder, 'depth.0001.png');
  writePng(png, 16, 16, () => [0, 0, 0]);
  const white = await encoder.encode(sequence([png], { style }), never, () => {});
  expect(white.measure).toMatchObject({ min: [255], max: [255], share: 1, read: { least: 0, most: 0 } });
});

test('one near pixel of one frame leaves the rest of a depth movie as it was', async () => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const style = { kind: 'depth', polarity: 'near-dark', near: undefined, far: undefined } as const;
  const folder = tempDir();
  const files = [1, 2, 3].map((frame) => {
    const file = path.join(folder, `depth.${frame}.exr`);
    const distance = (x: number, y: number) => (frame === 2 && x === 20 && y === 20 ? 0.001 : 10 + (90 * x) / 63);
    writeExr(file, 64, 48, { Y: distance });
    return file;
  });
  const made = await encoder.encode(sequence(files, { style }), never, () => {});
  expect(made.measure.notes).toEqual([
    '1 of 9,216 pixels is nearer than 9.174 (the nearest at 0.001): clipped to white.',
  ]);
  const frames = await framesOf(stateDir.cas(made.sha256), 64, 48, 'gray');
  const middle = (255 * (1 / (10 + (90 * 16) / 63) - 1 / 100)) / (1 / 10 - 1 / 100);
  for (const frame of frames) {
    expect(frame[40 * 64]).toBeGreaterThan(245);
    expect(Math.abs((frame[40 * 64 + 16] ?? 0) - middle)).toBeLessThan(6);
    expect(frame[40 * 64 + 63]).toBeLessThan(8);
  }
});

test('a finished movie is measured too, once', async () => {
  const tools = await mediaTools();
  const stateDir = freshStateDir();
  const folder = tempDir();
  const input = ['-v', 'error', '-f', 'lavfi', '-i', 'color=black:s=64x48:r=24:d=0.25', '-pix_fmt', 'yuv420p'];
  const file = path.join(folder, 'depth.mp4');
  await runProcess(tools.ffmpeg, [...input, file]);
  const { encoder, store } = makeEncoder(tools, stateDir);
  const made = await encoder.encode(
    { pass: 'color' as const, files: { kind: 'movie', file: frozen(file) }, root: null, fps, style: asIs },
    never,
    () => {},
  );
  expect(made.measure).toMatchObject({ frames: 6, min: [0, 0, 0], max: [0, 0, 0], share: 1, repeated: 5, blank: 6 });
  const content = await store.freeze(frozen(file), null, never);
  const measure = await encoder.measure(content, made.media, never);
  expect(measure).toEqual(made.measure);
  const without = makeEncoder({ ...tools, ffmpeg: '/nowhere/ffmpeg' }, stateDir).encoder;
  expect(await without.measure(content, made.media, never)).toEqual(measure);
});

test('transparency is shown over black, and told with how many images have it', async () => {
  const { encoder, stateDir } = makeEncoder(await mediaTools());
  const folder = tempDir();
  const files = [255, 128, 0].map((alpha, i) => {
    const png = new PNG({ width: 32, height: 16 });
    for (let at = 0; at < png.data.length; at += 4) png.data.set([200, 200, 200, alpha], at);
    const file = path.join(folder, `color.${i}.png`);
    writeFileSync(file, PNG.sync.write(png));
    return file;
  });
  const made = await encoder.encode(sequence(files), never, () => {});
  expect(made.measure.notes).toEqual(['2 of 3 images have transparency, which is shown over black.']);
  const grays = (await framesOf(stateDir.cas(made.sha256), 32, 16, 'gray')).map((frame) => frame[8 * 32 + 16] ?? -1);
  for (const [i, wanted] of [200, 100, 0].entries()) expect(Math.abs((grays[i] ?? -99) - wanted)).toBeLessThan(3);
});
