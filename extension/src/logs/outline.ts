/** The outline of a finished log: samples, phases and chunks as a tree, and the first error. */
import { CHUNK_HEADING } from './bars.js';

/** Lines count from 0; `to` is the last line that belongs to it. */
export interface Section {
  readonly title: string;
  readonly kind: 'sample' | 'phase' | 'error';
  readonly from: number;
  readonly to: number;
  readonly children: readonly Section[];
}

export interface FirstError {
  readonly line: number;
  readonly message: string;
}

/** A loguru record: "[11-22 10:00:00|INFO|file:line:func] text"; see daemon/workload/nvidia/log-pieces.ts for sources. */
const HEAD = /^\[\d\d-\d\d \d\d:\d\d:\d\d((?:\|[^|\]]*)+)\] ?(?:\[RANK \d+\] )*/;
const SAMPLE = /^(?:\[\d+\/\d+\] Processing sample (.*)|Processing sample (.*) \(\d+\/\d+\))$/;
const TRACEBACK = /^(?:\[rank\d+\]:\s*)?Traceback \(most recent call last\):/;

/**
 * The lines by which NVIDIA's programs and the preview report the begin of something (daemon/engine: their log.ts
 * files).
 */
const PHASES: readonly (readonly [RegExp, string])[] = [
  [/^(?:Using CPython|Resolved \d+ package|Installed \d+ package|Audited \d+ package)/, 'Packages'],
  [/^(?:Downloading checkpoint|Fetching \d+ files|uv run .*hf download|\S+\.safetensors:)/, 'Checkpoints'],
  [/^(?:Loading checkpoint shards|Found \d+ hint keys|Loading the multicontrol model|Loaded \d+ samples)/, 'Model'],
  [/^Running guardrail check on prompt/, 'Prompt check'],
  [/^(?:Processing the following paths|Loaded pre-computed)/, 'Inputs'],
  [/^frame \d+\/\d+$/, 'Frames'],
  [/^Running guardrail check on video/, 'Video check'],
  [/^(?:\w+ control video saved to|Mask for \w+ saved to|Saved control video|Generated video saved to)/, 'Saving'],
];

interface Mark {
  readonly title: string;
  readonly kind: Section['kind'];
  readonly from: number;
  /** The line where it ends; else it ends where the next one of the same level begins. */
  readonly to?: number;
}

export function outlineOf(lines: readonly string[]): Section[] {
  return nest(marksIn(lines), lines.length - 1);
}

function marksIn(lines: readonly string[]): Mark[] {
  const marks: Mark[] = [];
  for (let line = 0; line < lines.length; line++) {
    const mark = markAt(lines, line);
    if (mark === undefined) continue;
    const last = marks.at(-1);
    const goesOn = last?.kind === 'phase' && mark.kind === 'phase' && last.title === mark.title;
    if (!goesOn) marks.push(mark);
    line = mark.to ?? line;
  }
  return marks;
}

function markAt(lines: readonly string[], from: number): Mark | undefined {
  const line = lines[from] ?? '';
  if (line.startsWith(CHUNK_HEADING))
    return { title: `Chunk ${line.slice(CHUNK_HEADING.length)}`, kind: 'phase', from };
  if (TRACEBACK.test(line)) {
    const to = endOfTraceback(lines, from);
    return { title: lines[to]?.trim() ?? 'Traceback', kind: 'error', from, to };
  }
  const message = line.replace(HEAD, '');
  const [, numbered, named] = SAMPLE.exec(message) ?? [];
  const sample = numbered ?? named;
  if (sample !== undefined) return { title: sample, kind: 'sample', from };
  const phase = PHASES.find(([pattern]) => pattern.test(message));
  return phase && { title: phase[1], kind: 'phase', from };
}

/**
 * The line of the exception: the first line after the frames that is not indented. torchrun puts the rank before it.
 */
function endOfTraceback(lines: readonly string[], from: number): number {
  const isFrame = (line: string) => /^\s+\S/.test(line.replace(/^\[rank\d+\]: ?/, ''));
  let at = from + 1;
  while (at < lines.length - 1 && isFrame(lines[at] ?? '')) at++;
  return Math.min(at, lines.length - 1);
}

/** Phases and errors belong to the sample before them. A phase ends where the next one begins. */
function nest(marks: readonly Mark[], last: number): Section[] {
  const ends = (index: number, isEnd: (other: Mark) => boolean): number => {
    const next = marks.slice(index + 1).find(isEnd);
    return next === undefined ? last : next.from - 1;
  };
  const tree: (Section & { children: Section[] })[] = [];
  for (const [index, mark] of marks.entries()) {
    const isEnd = mark.kind === 'sample' ? ({ kind }: Mark) => kind === 'sample' : ({ kind }: Mark) => kind !== 'error';
    const section = { ...mark, to: mark.to ?? ends(index, isEnd), children: [] };
    const sample = mark.kind === 'sample' ? undefined : tree.findLast(({ kind }) => kind === 'sample');
    (sample?.children ?? tree).push(section);
  }
  return tree;
}

/** Log levels of an error, and the last words of other programs that fail. */
const BAD_LEVELS = ['ERROR', 'CRITICAL'];
const BAD_LINE = /^(?:\w+\.)*\w*(?:Error|Exception): |CUDA out of memory|^Segmentation fault|^Killed$|^\w+: fatal/;

export function firstErrorOf(lines: readonly string[]): FirstError | undefined {
  for (const [line, text] of lines.entries()) {
    if (TRACEBACK.test(text)) return { line, message: (lines[endOfTraceback(lines, line)] ?? text).trim() };
    const [head, fields] = HEAD.exec(text) ?? [];
    if (
      head === undefined ? BAD_LINE.test(text) : fields?.split('|').some((field) => BAD_LEVELS.includes(field.trim()))
    )
      return { line, message: text.slice(head?.length ?? 0).trim() };
  }
  return undefined;
}
