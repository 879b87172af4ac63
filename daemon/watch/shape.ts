/** The structure of a clip: which file is which frame of which pass. Pure. */
import { type FrameRange, PassName, type PassSource } from '../../schemas/index.js';
import type { ListedFile } from './listing.js';
import { unreadSentences } from './unread.js';

/** One pass: a sequence by frame number, or one movie. */
export interface PassFiles {
  readonly pass: PassName;
  readonly source: PassSource;
  /** Digits of its frame numbers. */
  readonly padding: number;
  /** Empty for a movie. */
  readonly frames: ReadonlyMap<number, ListedFile>;
  readonly movie: ListedFile | null;
}

export interface Shape {
  /** In the order of the PassName enumeration: colour first. */
  readonly passes: readonly PassFiles[];
  /** The frames that must be there by the manifest; null = there is no manifest. */
  readonly range: FrameRange | null;
  /** All files that count as the clip's content, each once. */
  readonly inputs: readonly ListedFile[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** Multi-layer EXR whose layers are not known yet: its passes appear once this file was read. */
  readonly unread: ListedFile | null;
}

export function makeShape(passes: readonly PassFiles[], more: Partial<Omit<Shape, 'passes'>> = {}): Shape {
  const sorted = [...passes].sort((a, b) => PassName.options.indexOf(a.pass) - PassName.options.indexOf(b.pass));
  const files = new Set([...sorted.flatMap(filesOf), ...(more.inputs ?? [])]);
  return { range: null, problems: [], warnings: [], unread: null, ...more, passes: sorted, inputs: [...files] };
}

/** Files of one pass in frame order. */
export function filesOf({ frames, movie }: PassFiles): ListedFile[] {
  if (movie !== null) return [movie];
  return [...frames].sort(([a], [b]) => a - b).map(([, file]) => file);
}

/** The pass that the others are compared with: colour, else the one with most frames. */
export function referenceOf(passes: readonly PassFiles[]): PassFiles | undefined {
  const color = passes.find(({ pass }) => pass === 'color');
  return color ?? [...passes].sort((a, b) => b.frames.size - a.frames.size)[0];
}

/** One movie that is a clip of its own (flat folders): it is the colour pass. */
export function shapeOfMovie(file: ListedFile): Shape {
  return makeShape([moviePass('color', file)], { problems: unreadSentences([file.name]) });
}

export function moviePass(pass: PassName, file: ListedFile): PassFiles {
  return { pass, source: { file: file.name }, padding: 1, frames: new Map(), movie: file };
}
