import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { unsealed } from '../../../../daemon/cli/output/seal.js';
import { type Column, fitWidths, renderTable } from '../../../../daemon/cli/output/table.js';
import { fakeDoor } from '../../../support/doors.js';

const { door: pipe } = fakeDoor();
/** Cells a line, as a terminal shows them. */
const narrow = (width: number, color: boolean) => fakeDoor({ width, color }).door;

interface Row {
  readonly id: string;
  readonly why: string;
}
const COLUMNS: readonly Column<Row>[] = [
  { head: 'ID', cell: (row) => row.id },
  { head: 'WHY', cell: (row) => row.why, atLeast: 8 },
];
const ROWS: readonly Row[] = [
  { id: 'a', why: 'short' },
  { id: 'bcd', why: 'a long reason that a narrow terminal cannot hold' },
];

test('a table as wide as it needs to be', () => {
  expect(renderTable(COLUMNS, ROWS, pipe).join('\n')).toBe(
    'ID   WHY\na    short\nbcd  a long reason that a narrow terminal cannot hold',
  );
});

test('a narrow terminal cuts the wide column and never wraps', () => {
  const lines = renderTable(COLUMNS, ROWS, narrow(24, true)).map(unsealed);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(24);
  expect(lines[2]).toContain('…');
  expect(lines[2]).toContain('bcd');
});

test('a column that wraps says everything, below itself', () => {
  const columns = [COLUMNS[0], { head: 'WHY', cell: (row: Row) => row.why, atLeast: 8, wrap: 'words' }] as const;
  const lines = renderTable(
    columns.filter((column) => column !== undefined),
    ROWS,
    narrow(24, false),
  );
  expect(lines).toEqual([
    'ID   WHY',
    'a    short',
    'bcd  a long reason that',
    '     a narrow terminal',
    '     cannot hold',
  ]);
});

test('a line break in a cell does not tear the row', () => {
  const rows = [{ id: 'a', why: 'first\n  second' }];
  expect(renderTable(COLUMNS, rows, pipe)[1]).toBe('a   first second');
});

test('the widest column gives first, none below its floor', () => {
  expect(fitWidths([10, 20, 5], [4, 4, 5], 25)).toEqual([10, 10, 5]);
  expect(fitWidths([10, 20, 5], [4, 4, 5], 9)).toEqual([4, 4, 5]);
  expect(fitWidths([1, 2], [1, 2], Number.POSITIVE_INFINITY)).toEqual([1, 2]);
});
