/** How a verb prints: answers to standard output, everything else to standard error. */
import type { Colors } from './colors.js';
import { standardError, standardOutput } from './door.js';
import { type Fields, renderFields } from './key-values.js';
import { type Column, renderTable } from './table.js';

export interface OutputOptions {
  readonly json: boolean;
  readonly color: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export class Output {
  readonly json: boolean;

  constructor(
    { json, ...options }: OutputOptions,
    readonly stdout = standardOutput(options),
    readonly stderr = standardError(options),
  ) {
    this.json = json;
  }

  /** Colours for standard output. */
  get colors(): Colors {
    return this.stdout.colors;
  }

  /** Lines that are the answer. */
  print(lines: string | readonly string[]): void {
    this.stdout.print(lines);
  }

  /** Lines that are not the answer. */
  note(lines: string | readonly string[]): void {
    this.stderr.print(lines);
  }

  /** With --json the value as one JSON document, else what `human` says. */
  show(value: unknown, human: () => void): void {
    if (this.json) this.stdout.data(`${JSON.stringify(value, null, 2)}\n`);
    else human();
  }

  /** Rows as a table, or `empty` as a message when there are none. */
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], empty: string): void {
    if (rows.length === 0) this.note(empty);
    else this.print(renderTable(columns, rows, this.stdout));
  }

  fields(fields: Fields): void {
    this.print(renderFields(fields, this.stdout));
  }
}

/** Verbs that take several ids answer one object for one, an array for several. */
export function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}
