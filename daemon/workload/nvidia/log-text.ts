/** Makes the end of a run's log searchable: what a terminal would show, without bars. */
import { type Piece, piecesOf } from './log-pieces.js';

export interface Section {
  /** Of the sample that begins it; undefined = before the first one whose beginning is in the text. */
  readonly name: string | undefined;
  readonly pieces: readonly Piece[];
}

/** The pieces of a log, cut where samples begin. @param begins the name of the sample that a piece begins. */
export function sectionsOf(log: string, begins: (piece: Piece) => string | undefined): Section[] {
  const sections: { name: string | undefined; pieces: Piece[] }[] = [{ name: undefined, pieces: [] }];
  for (const piece of log.split(/[\r\n]+/).flatMap(piecesOf)) {
    const name = begins(piece);
    if (name !== undefined) sections.push({ name, pieces: [] });
    sections.at(-1)?.pieces.push(piece);
  }
  return sections;
}

/**
 * The part about one sample. The end of a long log may not include the beginning of the sample: then the part before
 * the first beginning is its own, if it began at all and the others begin later.
 */
export function piecesAbout(name: string, sections: readonly Section[]): readonly Piece[] {
  const own = sections.filter((section) => section.name === name);
  const before = sections[0]?.pieces ?? [];
  return own.length > 0 || sections.length > 1 ? own.flatMap(({ pieces }) => pieces) : before;
}

/** Records of low severity repeat prompts and paths, which may hold any words; bars say nothing about an end. */
const LOUD = ['WARNING', 'ERROR', 'CRITICAL'];

/** Everything that was said, quiet records too, one a line; bars left out. */
export function wordsIn(pieces: readonly Piece[]): string {
  return pieces
    .flatMap((piece) => (piece.kind === 'bar' ? [] : [piece.kind === 'other' ? piece.text : piece.message]))
    .join('\n');
}

/** What may explain why a run failed, one a line: warnings, errors, and output of other programs. */
export function troubleIn(pieces: readonly Piece[]): string {
  return pieces
    .flatMap((piece) => {
      if (piece.kind === 'bar') return [];
      if (piece.kind === 'other') return [piece.text];
      return LOUD.includes(piece.level) ? [piece.message] : [];
    })
    .join('\n');
}
