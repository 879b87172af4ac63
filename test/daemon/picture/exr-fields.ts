/** Where the fields of a valid EXR file lie, so that each of them can be spoilt. Independent of our reader. */

export interface Attribute {
  readonly name: string;
  /** Byte at which its name begins, at which its size stands, and at which its value begins. */
  readonly at: number;
  readonly sizeAt: number;
  readonly valueAt: number;
  readonly end: number;
}

export interface ExrFields {
  readonly attributes: readonly Attribute[];
  /** Bytes of the entries of all offset tables. */
  readonly entries: readonly number[];
  /** Byte at which each chunk begins, the number of its part included, and at which its size stands. */
  readonly chunks: readonly { readonly at: number; readonly sizeAt: number }[];
}

export function fieldsOf(file: Buffer): ExrFields {
  const multiPart = (file.readUInt32LE(4) & 0x1000) !== 0;
  const attributes: Attribute[] = [];
  const tiled: boolean[] = [];
  let at = 8;
  do {
    const before = attributes.length;
    while (file[at] !== 0) {
      const nameEnd = file.indexOf(0, at);
      const sizeAt = file.indexOf(0, nameEnd + 1) + 1;
      const end = sizeAt + 4 + file.readUInt32LE(sizeAt);
      attributes.push({ name: file.toString('latin1', at, nameEnd), at, sizeAt, valueAt: sizeAt + 4, end });
      at = end;
    }
    tiled.push(attributes.slice(before).some(({ name }) => name === 'tiles'));
    at += 1;
  } while (multiPart && file[at] !== 0);
  if (multiPart) at += 1;
  return { attributes, ...chunksFrom(file, at, multiPart, tiled) };
}

/** The tables end where the first chunk begins. */
function chunksFrom(file: Buffer, table: number, multiPart: boolean, tiled: readonly boolean[]) {
  const entries: number[] = [];
  const chunks: { at: number; sizeAt: number }[] = [];
  let first = file.length;
  for (let at = table; at + 8 <= first; at += 8) {
    const chunk = Number(file.readBigUInt64LE(at));
    first = Math.min(first, chunk);
    entries.push(at);
    const part = multiPart ? file.readInt32LE(chunk) : 0;
    chunks.push({ at: chunk, sizeAt: chunk + (multiPart ? 4 : 0) + (tiled[part] === true ? 16 : 4) });
  }
  return { entries, chunks };
}
