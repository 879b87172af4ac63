/** The preview end to end: the real process, real ffmpeg, real files. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { probeVideo } from '../../../../daemon/media/probe.js';
import { runProcess } from '../../../../daemon/process.js';
import { drawMark } from '../../../../daemon/workload/preview/mark.js';
import { HintKey } from '../../../../schemas/index.js';
import { framesOf, mediaTools } from '../../../support/encoder.js';
import { correlation, luminanceOf } from '../../../support/luminance.js';
import {
  control,
  previewFolder,
  runPreview,
  SMALL,
  startPreview,
  writeInput,
  writeSpec,
} from '../../../support/preview-process.js';
import { childrenOf } from '../../../support/processes.js';
import { tempDir } from '../../../support/tmp.js';

const { width, height } = SMALL;
const WEIGHTS = [0, 0.25, 0.5, 1];

async function pixelsOf(file: string): Promise<Buffer> {
  return Buffer.concat(await framesOf(file, width, height, 'rgb24'));
}

/** Luminance of all frames without the rows of the mark, whose contrast no weight changes. */
async function unmarkedLuma(file: string): Promise<number[]> {
  const frames = await framesOf(file, width, height, 'gray');
  return frames.flatMap((frame) => [...frame.subarray(16 * width, (height - 4) * width)]);
}

describe('the weights', () => {
  test.each(HintKey.options)('of %s: the higher, the more the video looks like the control', async (hint) => {
    const folder = await previewFolder();
    const companion = control(hint === 'depth' ? 'vis' : 'depth', 0.5); // more of them: mix.test.ts
    const specs = WEIGHTS.map((weight) => writeSpec(folder, `w${weight}`, { ...companion, ...control(hint, weight) }));
    const out = path.join(folder, 'out');
    expect(await runPreview(specs, out)).toMatchObject({ code: 0 });
    const wanted = await unmarkedLuma(path.join(out, `w1_control_${hint}.mp4`));
    const found: number[] = [];
    for (const weight of WEIGHTS) {
      found.push(correlation(await unmarkedLuma(path.join(out, `w${weight}.mp4`)), wanted));
    }
    const [none = 0, quarter = 0, half = 0, full = 0] = found;
    expect(quarter).toBeGreaterThan(none);
    expect(half).toBeGreaterThan(quarter);
    expect(full).toBeGreaterThan(half);
  });
});

describe('the picture', () => {
  test('is the same for the same spec, another for another seed or prompt', async () => {
    const folder = await previewFolder();
    const fields = { ...control('edge', 0.5), ...control('vis', 0.5) };
    const specs = [
      writeSpec(folder, 'first', fields),
      writeSpec(folder, 'again', fields),
      writeSpec(folder, 'seed', { ...fields, seed: 8 }),
      writeSpec(folder, 'prompt', { ...fields, prompt: 'a street at night, snow' }),
    ];
    const out = path.join(folder, 'out');
    expect(await runPreview(specs, out)).toMatchObject({ code: 0 });
    const pixels = (name: string) => pixelsOf(path.join(out, `${name}.mp4`));
    const first = await pixels('first');
    expect(first.equals(await pixels('again'))).toBe(true);
    expect(first.equals(await pixels('seed'))).toBe(false);
    expect(first.equals(await pixels('prompt'))).toBe(false);
  });

  test('carries the mark on every frame', async () => {
    const folder = await previewFolder();
    const out = path.join(folder, 'out');
    await runPreview([writeSpec(folder, 'shot', control('depth', 1))], out);
    const frames = await framesOf(path.join(out, 'shot.mp4'), width, height, 'rgb24');
    expect(frames).toHaveLength(6);
    for (const frame of frames) expect(changeByMark(frame)).toBeLessThan(12); // what encoding does to sharp letters
    const [unmarked] = await framesOf(path.join(folder, 'inputs', 'color.mp4'), width, height, 'rgb24');
    expect(changeByMark(unmarked ?? Buffer.alloc(0))).toBeGreaterThan(60);
  });
});

/** Mean change of the luminance under the mark when it is drawn (once more): small where it already is. */
function changeByMark(frame: Buffer): number {
  const [before, after] = [luminanceOf(frame), luminanceOf(marked(frame))];
  const [onBlack, onWhite] = [0, 255].map((value) => luminanceOf(marked(Buffer.alloc(frame.length, value))));
  const covered = before.flatMap((value, at) => (onBlack?.[at] === onWhite?.[at] ? [value - (after[at] ?? 0)] : []));
  return covered.reduce((sum, change) => sum + Math.abs(change), 0) / covered.length;
}

function marked(frame: Buffer): Buffer {
  const copy = Buffer.from(frame);
  drawMark(copy, SMALL);
  return copy;
}

describe('the output folder', () => {
  test("is NVIDIA's layout, the prompt last, and its resolved arguments run again from anywhere", async () => {
    const folder = await previewFolder();
    const out = path.join(folder, 'out');
    const spec = writeSpec(folder, 'shot', { ...control('edge', 0.5), ...control('seg', 0.25), guidance: 3 });
    const { code, stdout } = await runPreview([spec], out);
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      'console.log',
      'shot.json',
      'shot.mp4',
      'shot.txt',
      'shot_control_edge.mp4',
      'shot_control_seg.mp4',
    ]);
    expect(readFileSync(path.join(out, 'shot.txt'), 'utf8')).toBe('a street');
    expect(readFileSync(path.join(out, 'console.log'), 'utf8')).toBe(stdout);
    const appeared = (name: string) => statSync(path.join(out, name), { bigint: true }).ctimeNs;
    for (const name of ['shot.json', 'shot.mp4', 'shot_control_edge.mp4', 'shot_control_seg.mp4']) {
      expect(appeared('shot.txt')).toBeGreaterThanOrEqual(appeared(name)); // clocks of file systems tick in 4 ms
    }

    const resolved = path.join(out, 'shot.json');
    expect(JSON.parse(readFileSync(resolved, 'utf8'))).toMatchObject({
      name: 'shot',
      seed: 7,
      guidance: 3,
      video_path: path.join(folder, 'inputs', 'color.mp4'),
      edge: { control_weight: 0.5, control_path: path.join(folder, 'inputs', 'edge.mp4') },
    });
    const again = path.join(folder, 'again');
    expect(await runPreview([resolved], again)).toMatchObject({ code: 0 });
    const [first, second] = [await pixelsOf(path.join(out, 'shot.mp4')), await pixelsOf(path.join(again, 'shot.mp4'))];
    expect(first.equals(second)).toBe(true);
  });

  test('holds controls at the size of the video: given ones fitted, absent ones computed', async () => {
    const folder = await previewFolder();
    await writeInput(path.join(folder, 'inputs'), 'depth', { ...SMALL, width: 48, height: 32 });
    const out = path.join(folder, 'out');
    const spec = writeSpec(folder, 'shot', { ...control('depth', 1), edge: {}, vis: {} });
    expect(await runPreview([spec], out)).toMatchObject({ code: 0 });
    for (const name of ['shot', 'shot_control_depth', 'shot_control_edge', 'shot_control_vis']) {
      expect(await probeVideo(await mediaTools(), path.join(out, `${name}.mp4`))).toMatchObject(SMALL);
    }
  });

  test('holds pictures when the sample has one frame', async () => {
    const folder = await previewFolder();
    const out = path.join(folder, 'out');
    const spec = writeSpec(folder, 'still', { ...control('vis', 1), max_frames: 1 });
    expect(await runPreview([spec], out)).toMatchObject({ code: 0 });
    const files = ['console.log', 'still.jpg', 'still.json', 'still.txt', 'still_control_vis.jpg'];
    expect(readdirSync(out).sort()).toEqual(files);
    const picture = await probeVideo(await mediaTools(), path.join(out, 'still.jpg'));
    expect(picture).toMatchObject({ frames: 1, width, height, codec: 'mjpeg' });
  });
});

describe('what is wrong is said in one sentence, and only of its own sample:', () => {
  /** Runs `broken` before a good sample. */
  async function complaint(make: (folder: string) => Promise<string> | string): Promise<string> {
    const folder = await previewFolder();
    const out = path.join(folder, 'out');
    const specs = [await make(folder), writeSpec(folder, 'good', control('edge', 1))];
    const { code, stderr } = await runPreview(specs, out);
    expect(code).toBe(1);
    expect(existsSync(path.join(out, 'good.txt'))).toBe(true);
    expect(readdirSync(out).filter((name) => name.startsWith('.') || /^broken.*(mp4|txt)$/.test(name))).toEqual([]);
    const said = stderr.split(/[\r\n]+/).filter((line) => line !== '' && !/^frame \d+\/\d+$/.test(line));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/\|ERROR\|preview\] Sample broken failed: [^\n]*\.$/);
    return said[0] ?? '';
  }

  test('a control file that is not there', async () => {
    const said = await complaint((folder) => writeSpec(folder, 'broken', { depth: { control_path: 'inputs/no.mp4' } }));
    expect(said).toMatch(/depth\.control_path of .*broken\.json names a file that does not exist: .*no\.mp4\.$/);
  });

  test('a control that is shorter than the video', async () => {
    const said = await complaint(async (folder) => {
      await writeInput(path.join(folder, 'inputs'), 'seg', { ...SMALL, frames: 4 });
      return writeSpec(folder, 'broken', control('seg', 1));
    });
    expect(said).toMatch(/The seg control has 4 frames and the video 6 .* set max_frames to 4\.$/);
  });

  test('a video that is none', async () => {
    const said = await complaint((folder) => {
      writeFileSync(path.join(folder, 'inputs', 'text.mp4'), 'no video');
      return writeSpec(folder, 'broken', { ...control('edge', 1), video_path: 'inputs/text.mp4' });
    });
    expect(said).toMatch(/text\.mp4 is not a readable video/);
  });

  test('a spec that is no JSON', async () => {
    const said = await complaint((folder) => {
      const file = path.join(folder, 'broken.json');
      writeFileSync(file, '{\n  "name": oops\n}\n');
      return file;
    });
    expect(said).toMatch(/broken\.json is not JSON: /);
  });

  test('a spec with a field of the wrong kind', async () => {
    const said = await complaint((folder) => writeSpec(folder, 'broken', { edge: { control_weight: 3 } }));
    expect(said).toMatch(/an error at "edge\.control_weight": /);
  });

  test('a command line without a spec', async () => {
    const { code, stderr } = await runPreview([], path.join(await previewFolder(), 'out'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\[.*\|ERROR\|preview\] Usage: node main\.js -i SPEC\.json .*\n$/);
  });
});

describe('SIGTERM in mid-run', () => {
  test('leaves no half file and no ffmpeg', async () => {
    const folder = tempDir();
    const out = path.join(folder, 'out');
    const video = path.join(folder, 'long.mp4');
    const { ffmpeg } = await mediaTools();
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=6'];
    await runProcess(ffmpeg, ['-v', 'error', ...source, '-pix_fmt', 'yuv420p', video]);
    const fields = { video_path: video, edge: {}, vis: {} };
    const specs = [writeSpec(folder, 'first', fields), writeSpec(folder, 'second', fields)];
    const { child, finished } = startPreview(specs, out);
    let begun = '';
    child.stderr.on('data', (text: string) => {
      begun += text;
    });
    await vi.waitFor(() => expect(begun).toContain('frame 2/150'), { interval: 20 });
    const ffmpegs = childrenOf(child.pid ?? 0);
    expect(ffmpegs.length).toBeGreaterThan(3);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const { code, stderr } = await finished;
    expect(code).toBe(143);
    expect(stderr).toMatch(/\|ERROR\|preview\] Stopped by SIGTERM; half-written files were removed\.\n$/);
    expect(readdirSync(out).sort()).toEqual(['console.log', 'first.json']);
    expect(ffmpegs.filter(isAlive)).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
