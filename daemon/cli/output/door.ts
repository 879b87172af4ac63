/**
 * The one door to standard output and standard error; a test reads the sources for others. On a terminal nothing of a
 * stranger's text acts: folder names, prompts, words of hosts and errors show their control characters instead, and only
 * the escape sequences that this program made itself get through ({@link sealed}). A pipe gets every byte as it is.
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

/** What views know of the stream that they are for. */
export interface Surface {
  /** Terminal cells; Infinity where nothing is cut, as in a pipe. */
  readonly width: number;
  readonly colors: Colors;
  /** Text as it may be measured and laid out, on a terminal always as one line. Twice is as good as once. */
  line(text: string): string;
}

/** Lines that are drawn again and again. */
export interface LiveLines {
  draw(lines: readonly string[]): void;
  /** A line that stays, above those. */
  persist(line: string): void;
  /** Leaves the last drawing standing. */
  done(): void;
  /** Takes the last drawing away. */
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
    return (this.isTerminal && this.stream.columns) || Number.POSITIVE_INFINITY; // a terminal may not know its own
  }

  line(text: string): string {
    return this.isTerminal ? shownLine(text) : text;
  }

  /**
   * Lines of a message that may have several; on a terminal those behind the first are set in, so that none of them can
   * be taken for another message.
   */
  paragraph(text: string): string[] {
    if (!this.isTerminal) return [text];
    return text.split(/\r?\n/).map((line, i) => (i === 0 ? line : `  ${line}`));
  }

  /** Lines, whoever they speak of: on a terminal each of them stays one. */
  print(lines: string | readonly string[]): void {
    const all = typeof lines === 'string' ? [lines] : lines;
    this.stream.write(unsealed(`${all.map((line) => this.line(line)).join('\n')}\n`));
  }

  /** A text of several lines with its own line ends and tabs: a spec, a diff, help. */
  text(text: string): void {
    this.stream.write(unsealed(this.isTerminal ? shownText(text) : text));
  }

  /** What programs read, as it is. */
  data(text: string): void {
    this.stream.write(text);
  }

  /** The words of a log as they come, cut anywhere; `end` undoes colours that it left on. */
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

  /** A reader that has gone. */
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
 * Where questions are put, by a library that draws them itself; ask.ts makes what they say visible first. On standard
 * error, so that the answer of a verb stays alone on standard output.
 */
export function questions() {
  return { input: process.stdin, output: process.stderr };
}
