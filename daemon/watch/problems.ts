/** Problems between the files of a clip, such as a late or missing frame, as sentences for people. Pure. */
import type { PassName } from '../../schemas/index.js';
import { commonStep, stepOf, unequalSteps } from './cadence.js';
import type { FileProbe, Probes, Want } from './checks.js';
import { missingFrames, showFrames, spanOf } from './frames.js';
import { filesOf, type PassFiles, referenceOf, type Shape } from './shape.js';

/** A sentence names so many files and counts the rest. */
const MOST_FILES = 3;

/** Problems that the listing alone shows: links, holes, unequal counts, no colour. */
export function structureProblems(shape: Shape): string[] {
  const files = complaints(shape.inputs.map((file) => [file.name, file.problem]));
  return [...shape.problems, ...files, ...holes(shape), ...unequal(shape), ...noColor(shape)];
}

function complaints(files: readonly (readonly [name: string, problem: string | null | undefined])[]): string[] {
  const found = files.flatMap(([name, problem]) => (problem ? [`${name} ${problem}`] : []));
  if (found.length <= MOST_FILES) return found;
  return [...found.slice(0, MOST_FILES), `${found.length - MOST_FILES} more files are not usable`];
}

function holes(shape: Shape): string[] {
  const { passes, range } = shape;
  return passes.flatMap(({ pass, frames, movie, padding }) => {
    const expected = range ?? spanOf(frames.keys(), stepOf(frames.keys()) ?? commonStep(shape));
    if (movie !== null || expected === null) return [];
    const missing = missingFrames(expected, (frame) => frames.has(frame));
    if (missing.length === 0) return [];
    const noun = missing.length === 1 ? 'frame' : 'frames';
    return [`${pass}: ${noun} ${showFrames(missing, padding, expected.step)} missing`];
  });
}

/** Sequences with other frames than the reference. Holes inside are already in `holes`. */
function unequal(shape: Shape): string[] {
  const reference = referenceOf(shape.passes);
  if (shape.range !== null || reference === undefined) return [];
  const steps = unequalSteps(shape.passes, reference);
  return steps.length > 0 ? steps : unequalSpans(shape, reference);
}

function unequalSpans(shape: Shape, reference: PassFiles): string[] {
  const expected = spanOf(reference.frames.keys());
  if (expected === null) return [];
  const step = commonStep(shape);
  return shape.passes.flatMap((other) => {
    const span = spanOf(other.frames.keys());
    if (span === null || (span.first === expected.first && span.last === expected.last)) return [];
    const [here, there] = [other.frames.size, reference.frames.size];
    if (here !== there) return [`${other.pass} has ${count(here)}, ${reference.pass} ${there}`];
    return [`${other.pass} has frames ${spanText(other, step)}, ${reference.pass} ${spanText(reference, step)}`];
  });
}

function spanText({ frames, padding }: PassFiles, step: number): string {
  return showFrames(
    [...frames.keys()].sort((a, b) => a - b),
    padding,
    step,
  );
}

/** The model redraws the colour pass; the others only guide it. */
function noColor({ passes, unread }: Shape): string[] {
  if (passes.length === 0 || unread !== null || passes.some(({ pass }) => pass === 'color')) return [];
  const others = listPasses(passes.map(({ pass }) => pass));
  return [`no colour pass beside ${others}: export it too, as color.0001.png or under another name of it (beauty, C)`];
}

function count(frames: number): string {
  return frames === 1 ? '1 frame' : `${frames} frames`;
}

/**
 * The checks that are still missing: the header of every file, and a full decode of the first and last file of each
 * pass and of each file that stores its channels in another way than the first.
 */
export function wantedChecks({ passes }: Shape, probes: Probes): Want[] {
  const wants = new Map<string, Want>();
  for (const pass of passes) {
    const files = filesOf(pass);
    for (const file of files) {
      if (probes.header(file) !== undefined) continue;
      wants.set(`header ${file.name}`, { file, check: 'header', pass: pass.pass, layer: null });
    }
    const layer = pass.source.layer ?? null;
    const [first] = files;
    const usual = first && probes.header(first)?.storage;
    const others = files.filter((file) => (probes.header(file)?.storage ?? usual) !== usual);
    for (const file of [first, ...others, files.at(-1)]) {
      if (file === undefined || probes.decoded(file, pass.pass) !== undefined) continue;
      wants.set(`decode ${pass.pass} ${file.name}`, { file, check: 'decode', pass: pass.pass, layer });
    }
  }
  return [...wants.values()];
}

/** Problems that headers and decodes show: cut files, missing layers, unequal sizes, movies of unequal length. */
export function contentProblems(shape: Shape, probes: Probes): string[] {
  const broken = complaints(distinct(shape.passes.flatMap((pass) => problemsOf(pass, probes))));
  if (broken.length > 0) return broken;
  const { passes, range } = shape;
  return [
    ...passes.flatMap((pass) => missingLayer(pass, probes)),
    ...passes.flatMap((pass) => unequalFrames(pass, probes)),
    ...unequalSizes(passes, probes),
    ...tooSmall(passes, probes),
    ...unequalCounts(passes, probes, range === null ? null : missingFrames(range, () => false).length),
  ];
}

function problemsOf(pass: PassFiles, probes: Probes): (readonly [name: string, problem: string | null])[] {
  const files = filesOf(pass);
  const [first] = files;
  const usual = first && probes.decoded(first, pass.pass)?.likeness;
  return files.map((file) => {
    const decoded = probes.decoded(file, pass.pass);
    const isOther = usual !== undefined && (decoded?.likeness ?? usual) !== usual; // a broken first frame has its own sentence
    const other = `stores ${pass.pass} in other channels or colours than ${first?.name}: render them alike`;
    return [file.name, probes.header(file)?.problem ?? decoded?.problem ?? (isOther ? other : null)];
  });
}

/** A file of several passes gets each problem only once. */
function distinct(found: readonly (readonly [name: string, problem: string | null])[]) {
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

function missingLayer(pass: PassFiles, probes: Probes): string[] {
  const { layer } = pass.source;
  if (layer === undefined) return [];
  const without = filesOf(pass).find((file) => probes.header(file)?.layers.includes(layer) === false);
  return without === undefined ? [] : [`${pass.pass}: ${without.name} has no layer ${layer}`];
}

/** A size that changes inside one pass: half a re-render. */
function unequalFrames(pass: PassFiles, probes: Probes): string[] {
  const files = filesOf(pass);
  const [first] = files;
  if (first === undefined) return [];
  const usual = size(probes.header(first));
  const other = files.find((file) => size(probes.header(file)) !== usual);
  return other === undefined ? [] : [`${other.name} is ${size(probes.header(other))}, ${first.name} ${usual}`];
}

function unequalSizes(passes: readonly PassFiles[], probes: Probes): string[] {
  const reference = referenceOf(passes);
  const usual = reference && size(firstHeader(reference, probes));
  return passes.flatMap((pass) => {
    const own = size(firstHeader(pass, probes));
    return own === usual ? [] : [`${pass.pass} ${own}, ${reference?.pass} ${usual}`];
  });
}

/** Pixels. A video has an even width and height; an odd size loses one pixel. */
export const LEAST_SIZE = 2;

/** Passes of another size are reported elsewhere (unequalSizes), so the reference pass is enough here. */
function tooSmall(passes: readonly PassFiles[], probes: Probes): string[] {
  const reference = referenceOf(passes);
  const header = reference && firstHeader(reference, probes);
  if (Math.min(header?.width ?? LEAST_SIZE, header?.height ?? LEAST_SIZE) >= LEAST_SIZE) return [];
  return [`${reference?.pass} ${size(header)}: too small for a video, render it at least ${LEAST_SIZE}x${LEAST_SIZE}`];
}

/** The length of a movie is known only after reading it. Sequences are compared by `holes` and `unequalSpans`. */
function unequalCounts(passes: readonly PassFiles[], probes: Probes, promised: number | null): string[] {
  const reference = referenceOf(passes);
  if (reference === undefined || passes.every(({ movie }) => movie === null)) return [];
  const [expected, by] = promised === null ? [length(reference, probes), reference.pass] : [promised, 'the manifest'];
  return passes.flatMap((pass) => {
    const own = length(pass, probes);
    return own === expected ? [] : [`${pass.pass} has ${count(own)}, ${by} ${expected}`];
  });
}

/** Number of frames of a pass, if it is known. */
export function length(pass: PassFiles, probes: Probes): number {
  return pass.movie === null ? pass.frames.size : (probes.header(pass.movie)?.frames ?? 0);
}

export function firstHeader(pass: PassFiles, probes: Probes): FileProbe | undefined {
  const [first] = filesOf(pass);
  return first && probes.header(first);
}

function size(probe: FileProbe | undefined): string {
  return `${probe?.width ?? '?'}x${probe?.height ?? '?'}`;
}

/** The names of passes as a list: "depth and seg". */
export function listPasses(passes: readonly PassName[]): string {
  return passes.length < 2 ? passes.join('') : `${passes.slice(0, -1).join(', ')} and ${passes.at(-1)}`;
}
