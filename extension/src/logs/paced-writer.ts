/**
 * Passes text on no faster than a window can draw. A pseudoterminal cannot report that it is behind (VS Code has no
 * flow control for terminals of extensions), so the rate is limited here, and the caller learns when too much is
 * waiting.
 */

/** Characters passed on at once, and milliseconds until the next: 6 MB/s, far more than a run writes. */
const BATCH = 64 * 2 ** 10;
const PAUSE = 10;
/** Waiting characters above which it counts as full. */
const HIGH_WATER = 512 * 2 ** 10;

export class PacedWriter {
  private readonly waiting: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly whenRoom: (() => void)[] = [];

  constructor(private readonly out: (text: string) => void) {}

  get full(): boolean {
    return this.length > HIGH_WATER;
  }

  write(text: string): void {
    this.waiting.push(text);
    this.length += text.length;
    if (this.timer === undefined) this.next();
  }

  /** Resolves when there is room for more text. */
  room(): Promise<void> {
    return this.full ? new Promise((resolve) => this.whenRoom.push(resolve)) : Promise.resolve();
  }

  /** Drops the waiting text, and resolves every pending wait. */
  close(): void {
    clearTimeout(this.timer);
    this.waiting.length = 0;
    this.length = 0;
    this.tell();
  }

  private next(): void {
    let size = 0;
    const batch: string[] = [];
    while (size < BATCH) {
      const text = this.waiting.shift();
      if (text === undefined) break;
      batch.push(text);
      size += text.length;
    }
    this.length -= size;
    if (batch.length > 0) this.out(batch.join(''));
    this.timer = batch.length > 0 ? setTimeout(() => this.next(), PAUSE) : undefined;
    if (!this.full) this.tell();
  }

  private tell(): void {
    for (const resolve of this.whenRoom.splice(0)) resolve();
  }
}
