/** A folder with passes and a spec, and a run of cosmos-sim on it, as a plain process. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { captured, type Finished } from '../../support/captured.js';
import { tempDir } from '../../support/tmp.js';
import { must } from '../execute.js';
import { startSim } from './direct.js';
import { type SimLine, simLinesIn } from './sim-lines.js';

export const TRANSFER25 = ['python', 'examples/inference.py', '-i', 'spec.json', '-o', 'out'];
export const COSMOS3 = [
  ...['python', '-m', 'cosmos_framework.scripts.inference', '--parallelism-preset=latency', '--no-guardrails'],
  ...['-i', 'spec.json', '-o', 'out', '--checkpoint-path', 'Cosmos3-Nano', '--seed', '7'],
];

export interface Clip {
  readonly width?: number;
  readonly height?: number;
  readonly fps?: string;
  readonly frames?: number;
}

/** A world of one test: a folder with color.mp4, depth.mp4 and the spec. */
export class SimFolder {
  readonly path = tempDir();

  static async with(spec: object, clip: Clip = {}): Promise<SimFolder> {
    const folder = new SimFolder();
    await folder.movie('color.mp4', clip);
    await folder.movie('depth.mp4', clip);
    folder.spec(spec);
    return folder;
  }

  spec(spec: object): void {
    this.write('spec.json', JSON.stringify(spec));
  }

  write(name: string, text: string): void {
    writeFileSync(this.file(name), text);
  }

  async movie(name: string, { width = 320, height = 192, fps = '24', frames = 5 }: Clip = {}): Promise<void> {
    const pattern = `${name === 'color.mp4' ? 'testsrc' : 'testsrc2'}=s=${width}x${height}:r=${fps}`;
    const output = ['-frames:v', String(frames), '-pix_fmt', 'yuv420p', this.file(name)];
    await must(['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', pattern, ...output]);
  }

  file(...parts: string[]): string {
    return path.join(this.path, ...parts);
  }

  text(...parts: string[]): string {
    return readFileSync(this.file(...parts), 'utf8');
  }

  /** Files below `out`, sorted. */
  outputs(): string[] {
    const found = readdirSync(this.file('out'), { recursive: true, withFileTypes: true });
    const files = found.filter((entry) => entry.isFile());
    return files.map((entry) => path.relative(this.file('out'), path.join(entry.parentPath, entry.name))).sort();
  }

  start(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = startSim(argv, { cwd: this.path, env });
    return { child, finished: captured(child) };
  }

  run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return this.start(argv, env).finished;
  }
}

/** Messages of the log lines, without time, level and place. */
export function messages(log: string): string[] {
  return [...log.matchAll(/^\[\d\d-\d\d [^\]]*\] (.*)$/gm)].map(([, text = '']) => text);
}

export function told<K extends SimLine['told']>(log: string, kind: K): Extract<SimLine, { told: K }>[] {
  return simLinesIn(log).filter((one): one is Extract<SimLine, { told: K }> => one.told === kind);
}

/** "320x192 24/1 5": size, rate and frames, counted. */
export async function shapeOf(file: string): Promise<string> {
  const fields = 'stream=width,height,r_frame_rate,nb_read_frames';
  const csv = await must(['ffprobe', '-v', 'error', '-count_frames', '-show_entries', fields, '-of', 'csv=p=0', file]);
  const [width, height, rate, frames] = csv.trim().split(',');
  return `${width}x${height} ${rate} ${frames}`;
}
