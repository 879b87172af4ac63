/** The last bytes of a stream, at most `limit`. */
export class Tail {
  private chunks: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly limit: number) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes > 2 * this.limit) this.trim();
  }

  toString(): string {
    this.trim();
    return Buffer.concat(this.chunks).toString('utf8');
  }

  private trim(): void {
    const all = Buffer.concat(this.chunks);
    const last = all.subarray(Math.max(0, all.length - this.limit));
    this.chunks = [Buffer.from(last)]; // a copy: a view would keep all of it alive
    this.bytes = last.length;
  }
}
