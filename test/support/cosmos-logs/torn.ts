/** Bytes as a connection delivers them: in pieces cut anywhere. */
import type { LogReader, MemberProgress } from '../../../daemon/workload/engine.js';
import { seededRandom } from '../random.js';

/** Mostly small pieces, some of many lines. */
export function torn(bytes: Uint8Array, seed: number): Uint8Array[] {
  const random = seededRandom(seed);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + Math.floor(random() ** 3 * 4000);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** Cut between writes only, where a live log is cut most often: a bar has come and its line end has not. */
export function byWrites(writes: readonly string[], seed: number): Buffer[] {
  const random = seededRandom(seed);
  const pieces: string[][] = [[]];
  for (const write of writes) {
    if (random() < 0.5) pieces.push([]);
    pieces.at(-1)?.push(write);
  }
  return pieces.map((parts) => Buffer.from(parts.join('')));
}

export function readAll(reader: LogReader, pieces: readonly Uint8Array[], sideLog?: string): MemberProgress[] {
  return pieces.flatMap((piece) => reader.push(piece, sideLog));
}

/** What a client sees in the end: of each member the last word, and the byte at which it began. */
export function finalState(told: readonly MemberProgress[]): Record<string, MemberProgress> {
  const state: Record<string, MemberProgress> = {};
  for (const one of told) state[one.job] = { ...state[one.job], ...one };
  return state;
}

/** Words that only repeat the ones before. */
export function repeats(told: readonly MemberProgress[]): MemberProgress[] {
  const last = new Map<string, string>();
  return told.filter((one) => {
    const { logFrom, refused, ...words } = one;
    const text = JSON.stringify(words);
    const isRepeated = last.get(one.job) === text && logFrom === undefined && refused === undefined;
    last.set(one.job, text);
    return isRepeated;
  });
}

/** Jobs whose fraction fell, with both values. */
export function falls(told: readonly MemberProgress[]): [string, number, number][] {
  const last = new Map<string, number>();
  return told.flatMap(({ job, fraction }) => {
    const before = last.get(job) ?? 0;
    last.set(job, fraction);
    return fraction < before ? [[job, before, fraction] as [string, number, number]] : [];
  });
}

/** Between the writes of a log: colours, lone \r, CRLF, bytes that are no UTF-8, empty lines. */
export function noisy(writes: readonly string[], seed: number): Buffer {
  const random = seededRandom(seed);
  const noise = [Buffer.from('\x1b[0m'), Buffer.from('\r'), Buffer.from('\r\n'), Buffer.from([0xff, 0xfe, 0xc3])];
  const parts = writes.flatMap((write) => {
    const text = random() < 0.3 ? write.replace(/\n$/, '\r\n') : write;
    const coloured = random() < 0.3 ? text.replace(/(SUCCESS|INFO)/, '\x1b[32m\x1b[1m$1\x1b[0m') : text;
    const before = random() < 0.3 ? [noise[Math.floor(random() * noise.length)] ?? Buffer.alloc(0)] : [];
    return [...before, Buffer.from(coloured)];
  });
  return Buffer.concat(parts);
}
