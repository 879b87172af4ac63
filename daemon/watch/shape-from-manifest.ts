/** The shape that a manifest promises, filled with the files that are there. Pure. */
import { type ClipManifest, type FrameRange, PassName, type PassSource } from '../../schemas/index.js';
import { isImage, isMovie, unreadFormat } from '../media/formats.js';
import { frameCount, showFrames } from './frames.js';
import type { ListedFile } from './listing.js';
import { makeShape, moviePass, type PassFiles, type Shape } from './shape.js';

export function shapeFromManifest(files: readonly ListedFile[], manifest: ClipManifest): Shape {
  const passes: PassFiles[] = [];
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const pass of PassName.options) {
    const source = manifest.passes[pass];
    if (source === undefined) continue;
    const filled = fill(pass, source, manifest.frames, files);
    if (typeof filled === 'string') problems.push(filled);
    else passes.push(filled);
    warnings.push(...beyond(pass, source, manifest.frames, files));
  }
  const inputs = files.filter(({ name }) => name === sidecar(manifest));
  return makeShape(passes, { range: manifest.frames, inputs, problems, warnings });
}

function fill(pass: PassName, source: PassSource, range: FrameRange, files: readonly ListedFile[]): PassFiles | string {
  const named = source.file ?? source.pattern ?? '';
  if (!(isImage(named) || (source.file !== undefined && isMovie(named))))
    return `${pass}: ${named} is not read: ${remedyOf(named)}`;
  if (source.file !== undefined) {
    const file = files.find(({ name }) => name === source.file);
    if (file === undefined) return `${pass}: ${source.file} is missing`;
    if (isMovie(named)) return { ...moviePass(pass, file), source };
    return { pass, source, padding: 1, frames: new Map([[range.first, file]]), movie: null }; // a single picture
  }
  const frames = new Map(matches(source, files).filter(([frame]) => inRange(frame, range)));
  return { pass, source, padding: paddingOf(source), frames, movie: null };
}

function remedyOf(named: string): string {
  return unreadFormat(named)?.remedy ?? 'export EXR or PNG images, or an .mp4 or .mov movie';
}

/** Files of a pattern by frame number; the run of # stands for the digits, however many there are. */
export function matches(
  { pattern = '' }: PassSource,
  files: readonly ListedFile[],
): [frame: number, file: ListedFile][] {
  const [before = '', after = ''] = pattern.split(/#+/);
  return files.flatMap((file): [number, ListedFile][] => {
    const { name } = file;
    if (!name.startsWith(before) || !name.endsWith(after)) return [];
    const digits = name.slice(before.length, name.length - after.length);
    return /^-?\d+$/.test(digits) ? [[Number(digits), file]] : [];
  });
}

function paddingOf({ pattern = '' }: PassSource): number {
  return /#+/.exec(pattern)?.[0].length ?? 1;
}

function inRange(frame: number, { first, last, step }: FrameRange): boolean {
  return frame >= first && frame <= last && (frame - first) % step === 0;
}

/** Files that match the pattern and are outside the range: left over from a longer render. */
function beyond(pass: PassName, source: PassSource, range: FrameRange, files: readonly ListedFile[]): string[] {
  if (source.pattern === undefined || frameCount(range) === 0) return [];
  const frames = matches(source, files).map(([frame]) => frame);
  const outside = frames.filter((frame) => !inRange(frame, range)).sort((a, b) => a - b);
  const between = fractions(source, files);
  const whole = outside.length === 0 ? [] : [showFrames(outside, paddingOf(source), range.step)];
  const all = [...whole, ...(between.length > 3 ? [`${between.length} frames between whole ones`] : between)];
  return all.length === 0 ? [] : [`${pass}: ${all.join(', ')} not in the manifest's frames, left out`];
}

/** Sub-frames of the pattern, as they are numbered: "1.5". */
function fractions({ pattern = '' }: PassSource, files: readonly ListedFile[]): string[] {
  const [before = '', after = ''] = pattern.split(/#+/);
  return files.flatMap(({ name }) => {
    if (!name.startsWith(before) || !name.endsWith(after)) return [];
    const number = name.slice(before.length, name.length - after.length);
    return /^-?\d+\.\d+$/.test(number) ? [number] : [];
  });
}

function sidecar({ camera }: ClipManifest): string | null {
  return camera !== undefined && 'file' in camera ? camera.file : null;
}
