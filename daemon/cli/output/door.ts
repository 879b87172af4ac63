/**
 * The only way to standard output and standard error; a test searches the sources for others. On a terminal, text from
 * outside (folder names, prompts, words of hosts, errors) shows its control characters instead of acting on the
 * terminal; only the escape sequences that this program made pass ({@link sealed}). A pipe gets every byte unchanged.
 */
import { EscapeFilter } from '../../../schemas/escapes.js';
import { shownLine, shownText } from '../../../schemas/shown-text.js';
import { type Colors, createColors } from './colors.js';
import { unsealed } from './seal.js';

/** What a door writes to. */
export type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

export interface DoorOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** False when --no-color was given. */
  readonly color: boolean;
}

/** What views know of the stream that they write to. */
export interface Surface {
  /** Width in terminal cells; Infinity where nothing is cut, as in a pipe. */
  readonly width: number;
  readonly colors: Colors;
  /** Text that can be measured and laid out; on a terminal it is always one line. Applying it twice changes nothing. */
  line(text: string): string;
}

/** Lines that are redrawn in place. */
export interface LiveLines {
  draw(lines: readonly string[]): void;
  /** Writes a line above them that stays. */
  persist(line: string): void;
  /** Leaves the last drawing standing. */
  done(): void;
  /** Removes the last drawing. */
  clear(): void;
}

export class Door implements Surface {
  readonly isTerminal: boolean;
  readonly colors: Colors;

  constructor(
    private readonly stream: Stream,
    { env, color }: DoorOptions,
  ) {
    this.isTerminal = stream.isTTY === true;
    this.colors = createColors({ isTTY: this.isTerminal, env, wanted: color });
  }

  get width(): number {
    return (this.isTerminal && this.stream.columns) || Number.POSITIVE_INFINITY; // some terminals do not report their width
  }

  line(text: string): string {
    return this.isTerminal ? shownLine(text) : text;
  }

  /**
   * The lines of one message; on a terminal all but the first are indented, so that none of them looks like another
   * message.
   */
  paragraph(text: string): string[] {
    if (!this.isTerminal) return [text];
    return text.split(/\r?\n/).map((line, i) => (i === 0 ? line : `  ${line}`));
  }

  /** Writes lines; on a terminal each of them stays one line, whatever is in it. */
  print(lines: string | readonly string[]): void {
    const all = typeof lines === 'string' ? [lines] : lines;
    this.stream.write(unsealed(`${all.map((line) => this.line(line)).join('\n')}\n`));
  }

  /** A text of several lines with its own line ends and tabs: a spec, a diff, help. */
  text(text: string): void {
    this.stream.write(unsealed(this.isTerminal ? shownText(text) : text));
  }

  /** Writes what programs read, unchanged. */
  data(text: string): void {
    this.stream.write(text);
  }

  /** Writes pieces of a log, cut anywhere; `end` resets colours that the log left on. */
  log(): { push(text: string): void; end(): void } {
    if (!this.isTerminal) return { push: (text) => this.data(text), end() {} };
    const log = new EscapeFilter({ refused: 'shown' });
    return { push: (text) => this.data(log.push(text)), end: () => this.data(log.end()) };
  }

  async live(): Promise<LiveLines> {
    const { createLogUpdate } = await import('log-update');
    const update = createLogUpdate(this.stream);
    const drawn = (line: string) => unsealed(shownLine(line));
    return {
      draw: (lines) => update(lines.map(drawn).join('\n')),
      persist: (line) => update.persist(drawn(line)),
      done: () => update.done(),
      clear: () => update.clear(),
    };
  }

  /** The error of a pipe whose reader has gone. */
  onError(listener: (error: Error) => void): void {
    this.stream.on('error', listener);
  }
}

export function standardOutput(options: DoorOptions): Door {
  return new Door(process.stdout, options);
}

export function standardError(options: DoorOptions): Door {
  return new Door(process.stderr, options);
}

/**
 * The stream for questions, which a library draws; ask.ts makes their text visible first. It is standard error, so that
 * standard output holds nothing but the answer of the verb.
 */
export function questions() {
  return { input: process.stdin, output: process.stderr };
}
