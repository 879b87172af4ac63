/** Reads a stream in pieces of chosen lengths. */
export class ByteReader {
  private readonly source: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, as they come. @throws EndOfBytes when there are fewer. */
  async *pieces(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      if (this.rest.length === 0) this.rest = await this.more();
      const piece = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** The next `length` bytes at once, as text. @throws EndOfBytes when there are fewer. */
  async text(length: number): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.pieces(length)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  /** Whether the stream has more bytes; throws the error with which its source ends. */
  async hasMore(): Promise<boolean> {
    while (this.rest.length === 0) {
      const next = await this.source.next();
      if (next.done === true) return false;
      this.rest = next.value;
    }
    return true;
  }

  private async more(): Promise<Uint8Array> {
    const next = await this.source.next();
    if (next.done === true) throw new EndOfBytes('the stream ended early');
    return next.value;
  }
}

export class EndOfBytes extends Error {}
