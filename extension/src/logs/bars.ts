/** Progress bars in a log that is read later: what \r drew over is gone, and each chunk of the sampler has a heading. */

/** One drawing of a sampler's bar (cosmos-transfer2.5, cosmos-framework: tqdm); one is drawn for every chunk and GPU. */
const SAMPLER = /(?:Generating samples|Sampling):\s+\d+%\|[^|]*\|\s*(\d+)\/\d+ \[/;

/** Where one of several samples of a run begins, and chunks count anew. */
const SAMPLE_BEGINS = /\] (?:\[[^\]]*\] )*(?:Processing sample |Saved sample args to)/;

/** How the heading of a chunk begins. */
export const CHUNK_HEADING = '▸ chunk ';

/** Text without escape sequences goes in, in pieces of any size; whole lines come out. */
export class BarFolder {
  private unfinished = '';
  /** The last drawing of the line so far that showed something. */
  private shown = '';
  private closedBars = 0;
  /** GPUs that draw: so many first drawings stand before any other, as all begin a chunk together. 0 = none seen. */
  private ranks = 0;
  private countsRanks = true;

  /** @param fromStart false = the beginning is missing, and nobody knows which chunk a bar is of. */
  constructor(private readonly fromStart = true) {}

  push(text: string): string {
    const lines = (this.unfinished + text).split('\n');
    this.unfinished = lines.pop() ?? '';
    const folded = lines.map((line) => this.close(line)).join('');
    this.unfinished = this.draw(this.unfinished);
    return folded;
  }

  /** What the log ends with, if it does not end with a line. */
  end(): string {
    const rest = this.unfinished === '' && this.shown === '' ? '' : this.close(this.unfinished);
    this.unfinished = '';
    return rest;
  }

  /** Remembers all complete drawings of a line; what is left may go on. */
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

  /** The GPUs finish a chunk before any of them finishes the next. */
  private heading(): string {
    const ranks = Math.max(1, this.ranks);
    const isFirst = this.closedBars++ % ranks === 0;
    return isFirst && this.fromStart ? `${CHUNK_HEADING}${Math.ceil(this.closedBars / ranks)}\n` : '';
  }
}

function withoutBackspaces(text: string): string {
  return text.replaceAll('\b', '');
}
