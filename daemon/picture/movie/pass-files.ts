/** Which of the frozen files make up a pass, in frame order. Pure. */
import path from 'node:path';
import type { Clip, FrozenFile, PassName } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { isImage } from '../../media/formats.js';

export type PassFiles =
  | { readonly kind: 'movie'; readonly file: FrozenFile }
  | { readonly kind: 'sequence'; readonly files: readonly FrozenFile[]; readonly layer: string | undefined };

/** @throws CosmosError clip_changed when a file of the pass is not among those that were submitted. */
export function passFiles(clip: Clip, pass: PassName, frozen: readonly FrozenFile[]): PassFiles {
  const source = clip.sources[pass];
  if (source?.file !== undefined) {
    const file = fileOf(clip, pass, source.file, frozen);
    return isImage(source.file) ? { kind: 'sequence', files: [file], layer: source.layer } : { kind: 'movie', file };
  }
  if (source?.pattern === undefined) throw missing(clip, pass, 'its files are not known');
  return { kind: 'sequence', files: sequenceOf(clip, pass, source.pattern, frozen), layer: source.layer };
}

/** A clip in a flat folder is the movie itself; then names are relative to its folder. */
function fileOf(clip: Clip, pass: PassName, file: string, frozen: readonly FrozenFile[]): FrozenFile {
  const places = [path.resolve(clip.path, file), path.resolve(path.dirname(clip.path), file)];
  const found = frozen.find((one) => places.includes(one.path));
  if (found === undefined) throw missing(clip, pass, `${file} is missing`);
  return found;
}

function sequenceOf(clip: Clip, pass: PassName, pattern: string, frozen: readonly FrozenFile[]): FrozenFile[] {
  const byFrame = new Map<number, FrozenFile>();
  const name = nameOf(pattern);
  for (const file of frozen) {
    const relative = path.relative(clip.path, file.path).split(path.sep).join('/');
    const frame = name.exec(relative)?.[1];
    if (frame !== undefined) byFrame.set(Number(frame), file);
  }
  return framesOf(clip, byFrame).map((frame) => {
    const file = byFrame.get(frame);
    if (file === undefined) throw missing(clip, pass, `frame ${frame} is missing`);
    return file;
  });
}

/** Numbers are read from the names, so that neither padding nor the way a minus is padded matters. */
function nameOf(pattern: string): RegExp {
  const [, before = '', after = ''] = /^([^#]*)#+(.*)$/.exec(pattern) ?? [];
  return new RegExp(`^${literal(before)}(-?\\d+)${literal(after)}$`);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function framesOf({ range }: Clip, found: ReadonlyMap<number, FrozenFile>): number[] {
  if (range === null) return [...found.keys()].sort((a, b) => a - b);
  const count = Math.floor((range.last - range.first) / range.step) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => range.first + i * range.step);
}

function missing(clip: Clip, pass: PassName, what: string): CosmosError {
  const message = `${clip.name}: ${pass}: ${what} among the submitted files; submit again.`;
  return new CosmosError('clip_changed', message, { clip: clip.id, pass });
}
