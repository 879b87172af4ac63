/**
 * Reads the log of a run on GPUs: which member is running, and the progress of each. The engine knows what its lines
 * mean.
 */
import type { Count, LogReader, MemberProgress } from '../engine.js';
import { type LogLine, LogLines } from '../log-lines.js';
import type { Course, Milestone } from './course.js';
import { endsWithBar, type Piece, piecesOf, visible } from './log-pieces.js';

/** What a line says about the run. */
export type Sign =
  | { readonly kind: 'milestone'; readonly milestone: Milestone; readonly name?: string }
  /** The sample of that name, the `index`-th from 0 of the run, begins. */
  | { readonly kind: 'begins'; readonly name: string; readonly index?: number; readonly milestone: Milestone }
  | { readonly kind: 'chunk'; readonly chunk: Count }
  | { readonly kind: 'refused'; readonly reason: string };

export interface MemberCourse {
  readonly name: string;
  readonly course: Course;
}

/** One stream of lines: the log, or a side log with the same records and more. */
interface Stream {
  readonly lines: LogLines;
  current: number;
  /** Text of the line that begins at `at` and was read before it ended, up to `length` characters. */
  early: { readonly at: number; readonly length: number } | undefined;
}

export class RunLogReader implements LogReader {
  private readonly streams = new Map<string, Stream>();
  private readonly begun = new Set<number>();

  /** @param read what a piece of a line says; undefined = nothing of interest. */
  constructor(
    private readonly members: readonly MemberCourse[],
    private readonly read: (piece: Piece) => Sign | undefined,
  ) {}

  push(bytes: Uint8Array, sideLog = ''): MemberProgress[] {
    const stream = this.stream(sideLog);
    const lines = stream.lines.push(bytes).flatMap((line) => remainder(stream, line));
    return [...lines, ...earlyBar(stream)].flatMap(({ text, at }) =>
      piecesOf(text).flatMap((piece) => this.take(piece, at, stream, sideLog !== '')),
    );
  }

  skip(bytes: number): void {
    const stream = this.stream('');
    stream.lines.skip(bytes);
    stream.early = undefined;
  }

  private stream(name: string): Stream {
    const known = this.streams.get(name);
    if (known !== undefined) return known;
    const stream: Stream = { lines: new LogLines(), current: 0, early: undefined };
    this.streams.set(name, stream);
    return stream;
  }

  private take(piece: Piece, at: number, stream: Stream, isSide: boolean): MemberProgress[] {
    if (piece.kind === 'bar') {
      const course = this.members[stream.current]?.course;
      if (!isSide) course?.bar(piece);
      return news(course);
    }
    const sign = this.read(piece);
    return sign === undefined ? [] : this.follow(sign, at, stream, isSide);
  }

  private follow(sign: Sign, at: number, stream: Stream, isSide: boolean): MemberProgress[] {
    switch (sign.kind) {
      case 'begins':
        return this.begin(sign, at, stream, isSide);
      case 'milestone': {
        if (isSide) return [];
        const index = sign.name === undefined ? stream.current : this.indexOf(sign.name);
        const course = this.members[index]?.course;
        course?.reach(sign.milestone);
        return news(course);
      }
      case 'chunk': {
        const course = this.members[stream.current]?.course;
        course?.chunk(sign.chunk);
        return news(course);
      }
      case 'refused':
        return news(this.members[stream.current]?.course, { refused: sign.reason });
    }
  }

  /** Side logs report the same beginnings, but the offsets of `logFrom` are those of the run's log. */
  private begin(sign: Sign & { kind: 'begins' }, at: number, stream: Stream, isSide: boolean): MemberProgress[] {
    const byName = this.indexOf(sign.name);
    const index = byName === -1 ? (sign.index ?? -1) : byName;
    if (this.members[index] === undefined) return [];
    stream.current = index;
    if (isSide || this.begun.has(index)) return [];
    this.begun.add(index);
    this.members[index].course.reach(sign.milestone);
    return news(this.members[index].course, { logFrom: at });
  }

  private indexOf(name: string): number {
    return this.members.findIndex((member) => member.name === name);
  }
}

function news(course: Course | undefined, extra?: Parameters<Course['news']>[0]): MemberProgress[] {
  const told = course?.news(extra);
  return told === undefined ? [] : [told];
}

/**
 * A bar is read as soon as it is drawn, because its \r comes a step later, and that of the last bar after a long pause.
 */
function earlyBar(stream: Stream): LogLine[] {
  const rest = stream.lines.rest();
  if (rest === undefined || rest.at === stream.early?.at) return [];
  const text = visible(rest.text);
  if (!endsWithBar(text)) return [];
  stream.early = { at: rest.at, length: text.length };
  return [{ text, at: rest.at }];
}

/** What of a line was not read before it ended. */
function remainder(stream: Stream, { text, at }: LogLine): LogLine[] {
  if (stream.early?.at !== at) return [{ text, at }];
  const rest = visible(text).slice(stream.early.length);
  stream.early = undefined;
  return rest === '' ? [] : [{ text: rest, at }];
}
