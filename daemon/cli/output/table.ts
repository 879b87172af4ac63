/** Lays out tables without borders that fit the terminal: wide columns shrink, narrow ones are never cut. */
import Table from 'cli-table3';
import stringWidth from 'fast-string-width';
import type { Surface } from './door.js';
import { sealed, unsealed } from './seal.js';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** May shrink to this many cells when the terminal is narrow; absent = never. */
  readonly atLeast?: number;
  /** Text that does not fit is wrapped: between words, or anywhere (paths). Absent = it is cut. */
  readonly wrap?: 'words' | 'anywhere';
}

/** Cells between two columns. */
const GAP = 2;

/** Rows below a dim head, as wide as they need to be and the surface allows. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], surface: Surface): string[] {
  const { width, colors } = surface;
  const cells = rows.map((row) => columns.map((column) => unsealed(cellText(column, row, surface))));
  const natural = columns.map((column, i) =>
    Math.max(stringWidth(column.head), ...cells.map((row) => stringWidth(row[i] ?? ''))),
  );
  const floors = columns.map((column, i) => Math.min(natural[i] ?? 0, column.atLeast ?? Number.POSITIVE_INFINITY));
  const widths = fitWidths(natural, floors, width - GAP * (columns.length - 1));
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: widths.map((cell) => cell + GAP),
    colAligns: columns.map((column) => column.align ?? 'left'),
  });
  table.push(
    columns.map((column) => unsealed(colors.dim(column.head))),
    ...cells.map((row) => row.map((content, i) => ({ content, ...wrapping(columns[i]?.wrap) }))),
  );
  return trimmed(table.toString()).map(sealed);
}

/**
 * Line ends inside a cell are replaced: in a reason they would break the layout, and in a name they would look like
 * another row.
 */
function cellText<Row>({ cell, wrap }: Column<Row>, row: Row, surface: Surface): string {
  const text = cell(row);
  const shown = surface.line(wrap === 'words' ? onOneLine(text) : text);
  return onOneLine(shown);
}

function onOneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

function wrapping(wrap: 'words' | 'anywhere' | undefined) {
  return wrap === undefined ? {} : { wordWrap: true, wrapOnWordBoundary: wrap === 'words' };
}

/** Takes cells from the widest column that may still shrink, until all columns fit or none can shrink. */
export function fitWidths(natural: readonly number[], floors: readonly number[], available: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, cells) => sum + cells, 0) - available;
  while (excess > 0) {
    const giving = widths.map((cells, i) => (cells > (floors[i] ?? 0) ? cells : 0));
    const widest = Math.max(...giving);
    if (widest === 0) break;
    widths[giving.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

/** Trailing blanks wrap on a terminal that is exactly as wide as the table. */
function trimmed(text: string): string[] {
  return text.split('\n').map((line) => line.trimEnd());
}

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
