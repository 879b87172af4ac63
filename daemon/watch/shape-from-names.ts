/** The shape of a folder without manifest, read from file names (and the layers of a multi-layer EXR). Pure. */
import type { PassName } from '../../schemas/index.js';
import { unreadFormat } from '../media/formats.js';
import { passOfLayer } from '../picture/exr/choose.js';
import type { ImageHeader } from '../picture/image.js';
import { showFrames } from './frames.js';
import type { ListedFile } from './listing.js';
import type { ImageName, MovieName, NameReader } from './names.js';
import { collectSequences, type NumberedFile, type Placed, placed, type Sequence } from './sequences.js';
import { filesOf, makeShape, moviePass, type PassFiles, type Shape } from './shape.js';
import { unreadWarnings } from './unread.js';

/** The header of an EXR that was read, else undefined. */
type HeaderOf = (file: ListedFile) => ImageHeader | undefined;

/** One way to fill a pass; the lowest rank wins. */
interface Candidate {
  readonly pass: PassName;
  readonly rank: number;
  readonly files: PassFiles;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** @param passFolders folders below the clip that hold a pass each (pass-folders.ts), relative to it */
export function shapeFromNames(
  files: readonly ListedFile[],
  reader: NameReader,
  headerOf: HeaderOf,
  passFolders: ReadonlyMap<string, PassName> = new Map(),
): Shape {
  const all = placed(files, passFolders);
  const sequences = collectSequences(all, reader);
  const candidates = [...sequences.flatMap(toCandidate), ...movieCandidates(all, reader)];
  const layered = sequences.filter(({ name }) => name.extension === 'exr');
  const named = candidates.length > 0 ? choose(candidates) : shapeOfLayers(layered, reader, headerOf);
  const shape = withLayers(named, reader, headerOf);
  const { unread, passes } = shape;
  const problems = [...shape.problems, ...emptyFolders(all, passFolders, reader)];
  const unused = unreadWarnings(all, reader);
  if (unread !== null || passes.some(({ pass }) => pass === 'color')) {
    return { ...shape, problems, warnings: [...shape.warnings, ...unused] };
  }
  const nothing = passes.length === 0 && problems.length === 0; // then settle.ts says what lies there instead
  return {
    ...shape,
    problems: nothing ? [] : [...problems, ...unused, ...(candidates.length > 0 ? unnamed(sequences) : [])],
  };
}

function shapeOfLayers([only, ...more]: readonly Sequence[], reader: NameReader, headerOf: HeaderOf): Shape {
  if (only === undefined || more.length > 0) return makeShape([]);
  if (only.files.length === 0) return makeShape([], { problems: noWholeFrame(only) });
  const shape = fromLayers(only, reader, headerOf);
  return { ...shape, warnings: [...shape.warnings, ...leftOut(only)] };
}

/** Sequences that may be the missing colour pass; their names do not say so. */
function unnamed(sequences: readonly Sequence[]): string[] {
  const lost = sequences.filter(
    ({ name, folderPass, files }) => (folderPass ?? name.pass) === null && files.length > 0,
  );
  const patterns = lost.slice(0, MOST_UNNAMED).map(({ name, files }) => patternOf(name, paddingOf(files)));
  return patterns.map((pattern) => `${pattern} names no pass`);
}

/** Most sentences about one kind of problem. */
const MOST_UNNAMED = 2;

function toCandidate(sequence: Sequence): Candidate[] {
  const { name, folderPass } = sequence;
  const pass = folderPass ?? name.pass;
  if (pass === null) return [];
  const files = sequencePass(pass, sequence);
  const isEmpty = sequence.files.length === 0;
  const rank = rankOf(name, folderPass) + (isEmpty ? LAST : 0);
  const problems = isEmpty ? noWholeFrame(sequence) : [...twice(pass, sequence, files.padding), ...ambiguous(name)];
  return [{ pass, rank, files, problems, warnings: isEmpty ? [] : leftOut(sequence) }];
}

function movieCandidates(files: readonly Placed[], reader: NameReader): Candidate[] {
  return files.flatMap(({ file, base, folderPass }) => {
    const name = reader.read(base);
    const pass = folderPass ?? name?.pass ?? null;
    if (name?.kind !== 'movie' || pass === null) return [];
    const files = moviePass(pass, file);
    return [{ pass, rank: rankOf(name, folderPass), files, problems: [], warnings: [] }];
  });
}

/** Rank after everything that can be used. */
const LAST = 100;

/**
 * The clip's own folder before a pass folder, a file that names its pass before one that does not, images before
 * movies.
 */
function rankOf({ kind, pass, prefixed }: ImageName | MovieName, folderPass: PassName | null): number {
  const adorned = pass === null ? 4 : prefixed ? 2 : 0;
  return (folderPass === null ? 0 : 10) + adorned + (kind === 'movie' ? 1 : 0);
}

function sequencePass(pass: PassName, { name, files }: Sequence, layer?: string): PassFiles {
  const padding = paddingOf(files);
  const pattern = patternOf(name, padding);
  const source = layer === undefined ? { pattern } : { pattern, layer };
  return { pass, source, padding, frames: new Map(files.map(({ frame, file }) => [frame, file])), movie: null };
}

function patternOf({ sequence }: ImageName, padding: number): string {
  return sequence.replace('#', '#'.repeat(padding));
}

/** Unpadded names grow ("9", "10"), and some writers count the minus as a digit: the shortest non-negative rules. */
function paddingOf(files: readonly NumberedFile[]): number {
  const counted = files.some(({ frame }) => frame >= 0) ? files.filter(({ frame }) => frame >= 0) : files;
  return counted.length === 0 ? 1 : Math.min(...counted.map(({ padding }) => padding));
}

/** "color.1.png" beside "color.0001.png": the clip is not used until a person decides which one is right. */
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

/** In a pattern, # stands for the number, so a name that has a # cannot be used. */
function ambiguous({ sequence }: ImageName): string[] {
  return sequence.split('#').length === 2 ? [] : [`${sequence}: take the # out of the name`];
}

/** Half frames are rendered for motion blur and retiming. A video cannot use them, and a warning says so. */
function leftOut({ name, folderPass, between }: Sequence): string[] {
  if (between.length === 0) return [];
  const [shown, rest] = [between.slice(0, MOST_SHOWN), between.length - MOST_SHOWN];
  const numbers = `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return [`${folderPass ?? name.pass ?? name.stem}: ${numbers} left out: only whole frames are used`];
}

/** Most numbers in one sentence. */
const MOST_SHOWN = 5;

function noWholeFrame({ name, folderPass, between }: Sequence): string[] {
  const [first = ''] = between;
  const among = between.length === 1 ? first : `${first} and ${between.length - 1} more`;
  const called = folderPass ?? name.pass ?? name.stem;
  return [`${called}: no whole frame, only ${among}: render whole frames, or number them 0001, 0002, ...`];
}

/** The exporter made the folder of a pass and has written no frame into it. */
function emptyFolders(
  files: readonly Placed[],
  passFolders: ReadonlyMap<string, PassName>,
  reader: NameReader,
): string[] {
  const frames = files.filter(({ base }) => reader.readInPassFolder(base) !== null || unreadFormat(base) !== null);
  const filled = new Set(frames.map(({ folder }) => folder));
  const empty = [...passFolders.keys()].filter((folder) => !filled.has(`${folder}/`));
  return empty.map((folder) => `${folder}/ has no frames: render that pass, or delete the folder`);
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
    warnings.push(...best.warnings);
    for (const other of others) {
      const [taken, left] = [label(best.files), label(other.files)];
      if (other.rank !== best.rank) warnings.push(`${pass}: using ${taken}, not ${left}`);
      else if (isOtherPart(best, other)) problems.push(inTwoParts(best.files, other.files));
      else problems.push(`${pass} is there twice: ${taken} and ${left} (keep one)`);
    }
  }
  return makeShape(passes, { problems, warnings });
}

/** One pass whose frames are partly under one name or format and partly under another, and none is there twice. */
function isOtherPart(a: Candidate, b: Candidate): boolean {
  const frames = [...b.files.frames.keys()];
  return a.files.movie === null && frames.length > 0 && frames.every((frame) => !a.files.frames.has(frame));
}

function inTwoParts(a: PassFiles, b: PassFiles): string {
  const show = (part: PassFiles) => {
    const sorted = [...part.frames.keys()].sort((one, other) => one - other);
    return `${showFrames(sorted, part.padding)} as ${label(part)}`;
  };
  return `${a.pass}: frames ${show(a)}, ${show(b)}: export all of them under one name, in one format`;
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
  const passOf = (layer: string) => passOfLayer(layer, reader.passOf);
  for (const layer of header.layers) {
    const pass = passOf(layer);
    if (pass === null || passes.has(pass)) continue;
    passes.set(pass, sequencePass(pass, sequence, layer === '' ? undefined : layer));
  }
  // No name says colour: settle.ts has a better sentence.
  if (!passes.has('color') && header.problem === null) passes.set('color', sequencePass('color', sequence));
  const problems = passes.size > 0 ? [] : [`${first.name} ${header.problem}`];
  return makeShape([...passes.values()], { inputs, problems });
}

/**
 * A colour sequence may hold more passes (Karma writes one file with one part for each pass). A pass that no other file
 * has is taken from its layers.
 */
function withLayers(shape: Shape, reader: NameReader, headerOf: HeaderOf): Shape {
  const color = shape.passes.find(({ pass, movie }) => pass === 'color' && movie === null);
  const [first] = color === undefined ? [] : filesOf(color);
  const isExr = /\.exr$/i.test(first?.name ?? '');
  if (color === undefined || first === undefined || !isExr || color.source.layer !== undefined) return shape;
  const header = headerOf(first);
  if (header === undefined) return { ...shape, unread: first };
  const passes = new Map(shape.passes.map((one) => [one.pass, one]));
  for (const layer of header.problem === null ? header.layers : []) {
    const pass = passOfLayer(layer, reader.passOf);
    if (pass === null || passes.has(pass)) continue;
    passes.set(pass, { ...color, pass, source: { ...color.source, layer } });
  }
  return { ...shape, passes: makeShape([...passes.values()]).passes };
}
