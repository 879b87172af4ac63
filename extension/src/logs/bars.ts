/**
 * Progress bars in a finished log. Of the drawings that \r has overwritten only the last stays, and each chunk gets a
 * heading.
 */

/** One drawing of a sampler's bar (cosmos-transfer2.5, cosmos-framework: tqdm). Each chunk and each GPU draws one. */
const SAMPLER = /(?:Generating samples|Sampling):\s+\d+%\|[^|]*\|\s*(\d+)\/\d+ \[/;

/** A line with which a sample of the run begins. Chunks count from 1 again after it. */
const SAMPLE_BEGINS = /\] (?:\[[^\]]*\] )*(?:Processing sample |Saved sample args to)/;

/** The beginning of the heading of a chunk. */
export const CHUNK_HEADING = '▸ chunk ';

/** Takes text without escape sequences in pieces of any size, and returns whole lines. */
export class BarFolder {
  private unfinished = '';
  /** The last drawing of the current line that was not empty. */
  private shown = '';
  private closedBars = 0;
  /**
   * Number of GPUs that draw a bar. All of them begin a chunk together, so this many first drawings come before any
   * other. 0 = none seen.
   */
  private ranks = 0;
  private countsRanks = true;

  /** @param fromStart false = the beginning of the log is missing, so the chunk of a bar is not known. */
  constructor(private readonly fromStart = true) {}

  push(text: string): string {
    const lines = (this.unfinished + text).split('\n');
    this.unfinished = lines.pop() ?? '';
    const folded = lines.map((line) => this.close(line)).join('');
    this.unfinished = this.draw(this.unfinished);
    return folded;
  }

  /** The rest of the log after its last line end. */
  end(): string {
    const rest = this.unfinished === '' && this.shown === '' ? '' : this.close(this.unfinished);
    this.unfinished = '';
    return rest;
  }

  /** Counts all complete drawings of a line, and keeps the incomplete rest. */
  private draw(line: string): string {
    const drawings = line.split('\r');
    const last = drawings.pop() ?? '';
    for (const drawing of drawings) this.show(drawing);
    return last;
  }

  private show(drawing: string): void {
    const text = withoutBackspaces(drawing).trimEnd();
    if (text === '') return;
    this.shown = text;
    const [, step] = SAMPLER.exec(text) ?? [];
    if (step === undefined) return;
    this.countsRanks &&= step === '0';
    if (this.countsRanks) this.ranks++;
  }

  private close(line: string): string {
    this.show(this.draw(line));
    const shown = this.shown;
    this.shown = '';
    if (SAMPLE_BEGINS.test(shown)) this.closedBars = 0;
    return SAMPLER.test(shown) ? `${this.heading()}${shown}\n` : `${shown}\n`;
  }

  /** All GPUs finish a chunk before any of them finishes the next. */
  private heading(): string {
    const ranks = Math.max(1, this.ranks);
    const isFirst = this.closedBars++ % ranks === 0;
    return isFirst && this.fromStart ? `${CHUNK_HEADING}${Math.ceil(this.closedBars / ranks)}\n` : '';
  }
}

function withoutBackspaces(text: string): string {
  return text.replaceAll('\b', '');
}
