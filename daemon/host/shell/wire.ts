/** The data types of SSH (RFC 4251, section 5), as keys, certificates and agents write them. */

/** Reads one value after another. @throws RangeError where the bytes end too early. */
export class WireReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get isDone(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  uint64(): bigint {
    return this.take(8).readBigUInt64BE();
  }

  /** The content of a string, without its length. */
  string(): Buffer {
    return this.take(this.uint32());
  }

  text(): string {
    return this.string().toString('utf8');
  }

  private take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('the bytes end too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A string with its length before it. */
export function wireString(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** An unsigned number; a zero byte goes before a first bit of 1, which would mean a negative number. */
export function mpint(digits: Buffer): Buffer {
  const first = digits.findIndex((byte) => byte !== 0);
  const bare = first === -1 ? Buffer.alloc(0) : digits.subarray(first);
  return wireString((bare[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bare]) : bare);
}
