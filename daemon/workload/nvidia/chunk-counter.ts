/**
 * Counts the chunks of the sampler from its progress bars, which have no number. Every GPU may draw a bar of its own
 * for every chunk, and all are mixed in one log.
 *
 * What makes counting possible: the GPUs share each step (context parallelism), so none can finish a step before all
 * have begun the chunk. All "0/N" of a chunk therefore come before its first other step, and only the last step of the
 * chunk before can stand among them.
 */
import type { Bar } from './log-pieces.js';

export class ChunkCounter {
  /** From 1; 0 = no bar yet. */
  private chunk = 0;
  private step = 0;
  private steps = 0;
  /** "0/N" seen of this chunk. */
  private starts = 0;
  /** No step of this chunk is done yet. */
  private isFresh = false;
  /** Bars that ended, of a log in which no bar begins. */
  private ends = 0;
  private last = '';

  /** @param ranks GPUs that draw bars; a smaller number grows to what the log shows. */
  constructor(private ranks = 1) {}

  take({ at, of, text }: Bar): void {
    this.steps = of;
    if (at === 0) this.begin();
    else if (this.starts === 0) this.takeWithoutBegin(at, of, text);
    else this.advance(at, of);
    this.last = text;
  }

  /** undefined = no bar yet. */
  get position(): { chunk: number; step: number; steps: number } | undefined {
    return this.chunk === 0 ? undefined : { chunk: this.chunk, step: this.step, steps: this.steps };
  }

  private begin(): void {
    const isLate = this.isFresh || this.step * 2 < this.steps; // a chunk cannot end in its first half
    if (this.chunk > 0 && isLate) this.starts++;
    else {
      this.chunk++;
      this.step = 0;
      this.starts = 1;
      this.isFresh = true;
    }
    this.ranks = Math.max(this.ranks, this.starts);
  }

  private advance(at: number, of: number): void {
    const isOfChunkBefore = this.chunk > 1 && this.isFresh && this.starts < this.ranks && at >= of - 1;
    if (isOfChunkBefore) return;
    this.isFresh = false;
    this.step = Math.max(this.step, at);
  }

  /** A log that was copied from a screen holds the last drawing of each bar alone. */
  private takeWithoutBegin(at: number, of: number, text: string): void {
    if (at === of && text === this.last && this.ranks === 1) return; // tqdm draws the last step twice
    if (at === of) this.ends++;
    this.chunk = at === of ? Math.ceil(this.ends / this.ranks) : Math.floor(this.ends / this.ranks) + 1;
    this.step = at;
  }
}
