/**
 * Folders as exporters, people and accidents leave them, made from a seed: real small files of every format that a test
 * can write, in every layout. What comes of one, the watch and the submission have to agree on.
 */
import { cpSync, mkdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../daemon/process.js';
import { ClipManifest, MANIFEST_FILE, PassName } from '../../schemas/index.js';
import { writeExr } from './exr.js';
import { writePng } from './passes.js';
import { mediaTools } from './watching.js';

export type Random = () => number;

/** Files of which copies are made, so that ffmpeg runs a handful of times and not thousands. */
export class Originals {
  private readonly made = new Map<string, Promise<string>>();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** A picture or movie of this ending and size. */
  of(ending: string, width: number, height: number, frames: number): Promise<string> {
    const key = `${width}x${height}-${frames}.${ending}`;
    const found = this.made.get(key) ?? this.make(path.join(this.folder, key), width, height, frames);
    this.made.set(key, found);
    return found;
  }

  private async make(file: string, width: number, height: number, frames: number): Promise<string> {
    if (file.endsWith('.png')) writePng(file, width, height, (x, y) => [x * 8, y * 8, (x * y) % 256]);
    else if (file.endsWith('.exr')) writeExr(file, width, height, { R: () => 0.5, G: (x) => x / width, B: () => 0.1 });
    else {
      const source = ['-f', 'lavfi', '-i', `testsrc=s=${width}x${height}:r=24`, '-frames:v', String(frames)];
      const pixels = file.endsWith('.jpg') ? 'yuvj444p' : 'yuv444p';
      await runProcess((await mediaTools()).ffmpeg, ['-v', 'error', ...source, '-pix_fmt', pixels, '-y', file]);
    }
    return file;
  }
}

const WORDS: Readonly<Record<PassName, readonly string[]>> = {
  color: ['color', 'C', 'beauty', 'RGB'],
  depth: ['depth', 'Z', 'Pz'],
  seg: ['seg', 'id'],
  edge: ['edge'],
  vis: ['vis', 'blur'],
};

/** Fills `folder`; the answer says in words what was made, for a test that fails. */
export async function randomClip(folder: string, random: Random, originals: Originals): Promise<string> {
  const made = new Maker(folder, random, originals);
  await made.all();
  return made.story.join(', ');
}

class Maker {
  readonly story: string[] = [];
  private readonly first: number;
  private readonly count: number;
  private readonly step: number;
  private readonly padding: number;
  private readonly size: readonly [width: number, height: number];

  constructor(
    private readonly folder: string,
    private readonly random: Random,
    private readonly originals: Originals,
  ) {
    mkdirSync(folder, { recursive: true });
    this.first = this.pick([1, 1, 0, -2, 1001, 98]);
    this.count = this.pick([1, 2, 3, 4, 5]);
    this.step = this.pick([1, 1, 1, 2, 3]);
    this.padding = this.pick([4, 4, 1, 6]);
    this.size = this.pick([
      [16, 12],
      [16, 12],
      [15, 11],
      [15, 12],
      [9, 9],
      [1, 8],
    ] as const);
  }

  async all(): Promise<void> {
    const layout = this.pick(['files', 'files', 'folders', 'both'] as const);
    this.story.push(layout, `frames ${this.first} x${this.count} step ${this.step}`, this.size.join('x'));
    for (const pass of PassName.options) {
      if (this.maybe(pass === 'color' ? 0.93 : 0.3)) await this.pass(pass, layout);
    }
    if (this.maybe(0.15)) this.put(`depth.${this.number(1)}.${this.pick(['rat', 'hdr', 'psd', 'mxf'])}`, 'unread');
    if (this.maybe(0.1)) await this.copy('png', this.pick(['thumb.png', 'frame1.png', 'old_color.0001.png']));
    if (this.maybe(0.2)) this.prompt();
    if (this.maybe(0.25)) this.spec();
    if (this.maybe(0.12)) this.manifest();
  }

  private async pass(pass: PassName, layout: 'files' | 'folders' | 'both'): Promise<void> {
    const word = this.pick(WORDS[pass]);
    const inFolder = layout === 'folders' || (layout === 'both' && this.maybe(0.5));
    const stem = this.pick(
      inFolder ? ['', `shot.${word}.`, 'frame.', `${word}_`] : [`${word}.`, `${word}_`, `s1_${word}.`],
    );
    const at = inFolder ? `${word}/${stem}` : stem;
    const ending = this.pick(['png', 'png', 'png', 'PNG', 'jpg', 'jpeg', 'exr', 'mp4', 'mov']);
    this.story.push(`${at}${ending}`);
    if (ending === 'mp4' || ending === 'mov') {
      await this.copy(ending, `${at === '' || at.endsWith('/') ? `${at}shot` : at.slice(0, -1)}.${ending}`);
      return;
    }
    const step = this.maybe(0.04) ? this.step + 1 : this.step;
    const hole = this.maybe(0.05) ? Math.floor(this.random() * this.count) : -1;
    for (let i = 0; i < this.count; i++) {
      if (i === hole) continue;
      await this.copy(ending, `${at}${this.number(this.first + i * step)}.${ending}`);
      if (this.step === 1 && this.count > 1 && this.maybe(0.08)) {
        await this.copy(ending, `${at}${this.number(this.first + i)}.${this.pick(['5', '250', '000'])}.${ending}`);
      }
    }
    if (this.maybe(0.04)) this.spoil(`${at}${this.number(this.first)}.${ending}`);
    if (this.maybe(0.04)) await this.copy('jpg', `${at}${this.number(this.first)}.jpg`);
  }

  private async copy(ending: string, name: string): Promise<void> {
    const [width, height] = this.maybe(0.007) ? [24, 12] : this.size;
    const kind = ending.toLowerCase() === 'jpeg' ? 'jpg' : ending.toLowerCase();
    const isMovie = kind === 'mp4' || kind === 'mov';
    const target = path.join(this.folder, name);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(await this.originals.of(kind, width, height, isMovie ? this.count : 1), target);
    if (this.maybe(0.05)) utimesSync(target, 1_700_000_000, 1_700_000_000);
  }

  private spoil(name: string): void {
    const file = path.join(this.folder, name);
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) return;
    this.story.push(`${name} spoilt`);
    if (this.maybe(0.5)) truncateSync(file, Math.floor(size / 2));
    else rmSync(file);
  }

  private prompt(): void {
    const text = this.pick(['a street at dusk', '', ' \n', 'folder']);
    this.story.push(`prompt ${JSON.stringify(text)}`);
    if (text === 'folder') mkdirSync(path.join(this.folder, 'prompt.txt'));
    else this.put('prompt.txt', text);
  }

  private spec(): void {
    const name = path.basename(this.folder);
    const edge = { control_weight: 0.5 };
    const texts = [
      JSON.stringify({ name, prompt: 'by hand', video_path: 'inputs/color.mp4', edge }),
      JSON.stringify({ name, prompt: 'by hand', vision_path: 'inputs/color.mp4', model_mode: 'video2video', edge: {} }),
      JSON.stringify({ name, prompt: 'by hand', video_path: 'inputs/colour.mp4', edge }),
      JSON.stringify({ name, prompt: 'by hand', video_path: 'inputs/color.mp4', edge, guidence: 4 }),
      JSON.stringify({ name, prompt_path: 'nowhere.txt', video_path: 'inputs/color.mp4', edge }),
      JSON.stringify({ name: '../up', prompt: 'by hand', video_path: 'inputs/color.mp4', edge }),
      '{"name": "x",',
      '[]',
      '',
    ];
    const text = this.pick(texts);
    this.story.push(`spec ${text.slice(0, 90)}`);
    this.put(`${name}.cosmos.json`, text);
  }

  private manifest(): void {
    const passes = this.pick([
      { color: { pattern: 'color.####.png' } },
      { color: { pattern: 'color.####.rat' } },
      { depth: { pattern: 'depth.####.png' } },
      { color: { file: 'color.mp4' } },
      { color: { pattern: 'color.####.png', layer: 'C' } },
    ]);
    const wanted = this.pick([{}, { preset: 'nobody' }, { weights: { depth: 0.4 } }, { prompt: 'from the scene' }]);
    const last = this.first + (this.count - 1) * this.step;
    const [width, height] = this.size;
    const files: { path: string; size: number; mtime: number }[] = [];
    for (let frame = this.first; frame <= last; frame += this.step) {
      const name = `color.${this.number(frame)}.png`;
      const stats = statSync(path.join(this.folder, name), { throwIfNoEntry: false });
      if (stats !== undefined) files.push({ path: name, size: stats.size, mtime: stats.mtimeMs });
    }
    const frames = { first: this.first, last, step: this.step };
    const more = { frames, fps: 24, width, height, files, wanted };
    const manifest = ClipManifest.parse({ schema: 'cosmos-clip/1', name: 'scene', passes, ...more });
    this.story.push(`manifest ${JSON.stringify({ passes, wanted })}`);
    this.put(MANIFEST_FILE, JSON.stringify(manifest));
  }

  private put(name: string, text: string): void {
    this.story.push(name);
    writeFileSync(path.join(this.folder, name), text);
  }

  private number(frame: number): string {
    return `${frame < 0 ? '-' : ''}${String(Math.abs(frame)).padStart(this.padding, '0')}`;
  }

  private maybe(chance: number): boolean {
    return this.random() < chance;
  }

  private pick<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }
}
