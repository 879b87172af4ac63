/** The shape of a folder without manifest, read from file names (and the layers of a multi-layer EXR). Pure. */
import type { PassName } from '../../schemas/index.js';
import type { ImageHeader } from '../picture/image.js';
import { showFrames } from './frames.js';
import type { ListedFile } from './listing.js';
import type { ImageName, NameReader } from './names.js';
import { makeShape, moviePass, type PassFiles, type Shape } from './shape.js';

/** The header of an EXR that was read, else undefined. */
type HeaderOf = (file: ListedFile) => ImageHeader | undefined;

interface Sequence {
  readonly name: ImageName;
  readonly files: { readonly frame: number; readonly padding: number; readonly file: ListedFile }[];
}

/** One way to fill a pass; the lowest rank wins. */
interface Candidate {
  readonly pass: PassName;
  readonly rank: number;
  readonly files: PassFiles;
  readonly problems: readonly string[];
}

export function shapeFromNames(files: readonly ListedFile[], reader: NameReader, headerOf: HeaderOf): Shape {
  const sequences = collectSequences(files, reader);
  const candidates = [...sequences.flatMap(toCandidate), ...movieCandidates(files, reader)];
  if (candidates.length > 0) return choose(candidates);
  const layered = sequences.filter(({ name }) => name.extension === 'exr');
  const [only] = layered;
  return only !== undefined && layered.length === 1 ? fromLayers(only, reader, headerOf) : makeShape([]);
}

function collectSequences(files: readonly ListedFile[], reader: NameReader): Sequence[] {
  const sequences = new Map<string, Sequence>();
  for (const file of files) {
    const name = reader.read(file.name);
    if (name?.kind !== 'image') continue;
    const sequence = sequences.get(name.sequence) ?? { name, files: [] };
    sequence.files.push({ frame: name.frame, padding: name.padding, file });
    sequences.set(name.sequence, sequence);
  }
  return [...sequences.values()];
}

function toCandidate(sequence: Sequence): Candidate[] {
  const { pass, prefixed } = sequence.name;
  if (pass === null) return [];
  const files = sequencePass(pass, sequence);
  return [{ pass, rank: prefixed ? 2 : 0, files, problems: twice(pass, sequence, files.padding) }];
}

function movieCandidates(files: readonly ListedFile[], reader: NameReader): Candidate[] {
  return files.flatMap((file) => {
    const name = reader.read(file.name);
    if (name?.kind !== 'movie' || name.pass === null) return [];
    return [{ pass: name.pass, rank: name.prefixed ? 3 : 1, files: moviePass(name.pass, file), problems: [] }];
  });
}

function sequencePass(pass: PassName, { name, files }: Sequence, layer?: string): PassFiles {
  const padding = paddingOf(files);
  const pattern = name.sequence.replace('#', '#'.repeat(padding));
  const source = layer === undefined ? { pattern } : { pattern, layer };
  return { pass, source, padding, frames: new Map(files.map(({ frame, file }) => [frame, file])), movie: null };
}

/** Unpadded names grow ("9", "10"), and some writers count the minus as a digit: the shortest non-negative rules. */
function paddingOf(files: Sequence['files']): number {
  const counted = files.some(({ frame }) => frame >= 0) ? files.filter(({ frame }) => frame >= 0) : files;
  return Math.min(...counted.map(({ padding }) => padding));
}

/** "color.1.png" beside "color.0001.png": which one is meant is not ours to guess. */
function twice(pass: PassName, { files }: Sequence, padding: number): string[] {
  const seen = new Set<number>();
  const repeated = files.filter(({ frame }) => seen.size === seen.add(frame).size).map(({ frame }) => frame);
  if (repeated.length === 0) return [];
  return [
    `${pass}: frame ${showFrames(
      repeated.sort((a, b) => a - b),
      padding,
    )} is there twice`,
  ];
}

function choose(candidates: readonly Candidate[]): Shape {
  const passes: PassFiles[] = [];
  const problems: string[] = [];
  const warnings: string[] = [];
  for (const pass of new Set(candidates.map((candidate) => candidate.pass))) {
    const [best, ...others] = candidates.filter((one) => one.pass === pass).sort((a, b) => a.rank - b.rank);
    if (best === undefined) continue;
    passes.push(best.files);
    problems.push(...best.problems);
    for (const other of others) {
      const [taken, left] = [label(best.files), label(other.files)];
      if (other.rank === best.rank) problems.push(`${pass} is there twice: ${taken} and ${left}`);
      else warnings.push(`${pass}: using ${taken}, not ${left}`);
    }
  }
  return makeShape(passes, { problems, warnings });
}

function label({ source }: PassFiles): string {
  return source.pattern ?? source.file ?? '';
}

function fromLayers(sequence: Sequence, reader: NameReader, headerOf: HeaderOf): Shape {
  const inputs = sequence.files.map(({ file }) => file);
  const [first] = inputs;
  const header = first && headerOf(first);
  if (first === undefined || header === undefined) return makeShape([], { inputs, unread: first ?? null });
  const passes = new Map<PassName, PassFiles>();
  for (const layer of header.layers) {
    const pass = passOfLayer(layer, reader);
    if (pass === null || passes.has(pass)) continue;
    passes.set(pass, sequencePass(pass, sequence, layer === '' ? undefined : layer));
  }
  return makeShape([...passes.values()], { inputs, problems: passes.size > 0 ? [] : [noLayer(first, header)] });
}

function noLayer({ name }: ListedFile, { layers, problem }: ImageHeader): string {
  return problem === null ? `${name}: none of its layers is a pass (${layers.join(', ')})` : `${name} ${problem}`;
}

/** Bare R, G, B are the picture; "main.depth" counts as depth. */
function passOfLayer(layer: string, reader: NameReader): PassName | null {
  return layer === '' ? 'color' : reader.passOf(layer.split('.').at(-1) ?? '');
}
