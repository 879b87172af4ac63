/** Prints the demo: on a terminal, lines that stay and below them one line that moves; elsewhere, lines alone. */

import { bar, percent } from '../cli/output/amounts.js';
import type { Colors } from '../cli/output/colors.js';
import type { Door, LiveLines } from '../cli/output/door.js';
import type { Clock } from '../clock.js';

export type Tone = 'good' | 'bad' | 'waits' | 'moves';

/** Without a terminal a moving line is written for every step of this size. */
const PLAIN_STEP = 0.25;
const BAR_CELLS = 24;

export class Stage {
  readonly colors: Colors;
  private readonly started: number;
  /** Step last written of the moving line of that name. */
  private plain = { what: '', step: 0 };

  constructor(
    private readonly door: Door,
    private readonly clock: Clock,
    private readonly live?: LiveLines,
  ) {
    this.started = clock.monotonic();
    this.colors = door.colors;
  }

  static async open(door: Door, clock: Clock): Promise<Stage> {
    return new Stage(door, clock, door.isTerminal ? await door.live() : undefined);
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (this.clock.monotonic() - this.started) / 1000;
  }

  /** Calls back when the reader is gone; what is written after that is dropped without an error. */
  onClosed(listener: () => void): void {
    this.door.onError(listener);
  }

  /** A line that stays. */
  tell(tone: Tone, text: string): void {
    this.stay(`${this.colors.dim(`${this.seconds.toFixed(1).padStart(5)}s`)}  ${this.mark(tone)} ${text}`);
  }

  /** A bar that moves: "preview  ████░░░░  42%  frame 20/48  ETA 3s". */
  move(what: string, fraction: number, text: string): void {
    if (this.live !== undefined) {
      this.live.draw([
        `        ${this.mark('moves')} ${what}  ${bar(fraction, BAR_CELLS)} ${percent(fraction).padStart(4)}  ${text}`,
      ]);
      return;
    }
    const step = Math.floor(fraction / PLAIN_STEP);
    const known = this.plain.what === what ? this.plain.step : 0;
    if (step > known) this.tell('moves', `${what} ${percent(fraction)}  ${text}`);
    this.plain = { what, step: Math.max(step, known) };
  }

  /** Lines without a mark. */
  print(...lines: readonly string[]): void {
    for (const line of lines) this.stay(line);
  }

  /** Removes the moving line. */
  settle(): void {
    this.live?.clear();
  }

  private stay(line: string): void {
    if (this.live === undefined) this.door.print(line);
    else this.live.persist(line);
  }

  private mark(tone: Tone): string {
    switch (tone) {
      case 'good':
        return this.colors.green('✔');
      case 'bad':
        return this.colors.red('✘');
      case 'waits':
        return this.colors.yellow('●');
      case 'moves':
        return this.colors.cyan('›');
    }
  }
}
