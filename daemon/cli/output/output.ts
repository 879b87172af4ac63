/** What a verb says, and where: answers on standard output, everything else on standard error. */
import { type Colors, createColors } from './colors.js';
import { type Fields, renderFields } from './key-values.js';
import { type Column, renderTable } from './table.js';

export interface OutputOptions {
  readonly json: boolean;
  readonly color: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export class Output {
  readonly json: boolean;
  /** Colours for standard output. */
  readonly colors: Colors;
  /** Colours for standard error. */
  readonly errorColors: Colors;

  constructor(
    private readonly stdout: NodeJS.WriteStream,
    readonly stderr: NodeJS.WriteStream,
    { json, color, env }: OutputOptions,
  ) {
    this.json = json;
    this.colors = createColors({ isTTY: stdout.isTTY, env, wanted: color });
    this.errorColors = createColors({ isTTY: stderr.isTTY, env, wanted: color });
  }

  /** Terminal cells; a pipe has no width and nothing is cut. */
  get width(): number {
    return this.stdout.isTTY ? this.stdout.columns : Number.POSITIVE_INFINITY;
  }

  /** Text that is the answer, with a line end. */
  print(text: string): void {
    this.stdout.write(`${text}\n`);
  }

  /** Bytes of something else (a log), as they are. */
  raw(text: string): void {
    this.stdout.write(text);
  }

  /** A message beside the answer. */
  note(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  /** With --json the value as one JSON document, else what `human` says. */
  show(value: unknown, human: () => void): void {
    if (this.json) this.print(JSON.stringify(value, null, 2));
    else human();
  }

  /** Rows as a table, or `empty` as a message when there are none. */
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], empty: string): void {
    if (rows.length === 0) this.note(empty);
    else this.print(renderTable(columns, rows, { width: this.width, colors: this.colors }));
  }

  fields(fields: Fields): void {
    this.print(renderFields(fields, { width: this.width, colors: this.colors }));
  }
}

/** Verbs that take several ids answer one object for one, an array for several. */
export function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}
