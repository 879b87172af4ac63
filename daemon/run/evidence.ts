/** Lists the files of a run, and reads those that the engine needs to judge how the run ended. */
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Host } from '../host/host.js';
import type { RunFile } from '../workload/engine.js';
import { EVIDENCE_BYTES, MOST_FILES } from './bounds.js';

/** Bytes that are read from the end of each file. */
const TAIL = 256 * 1024;

/**
 * @param wanted files of the run folder; missing files and files over the limit are left out.
 * @param scratch local folder of the run; the fetched files are removed from it again.
 */
export async function withEvidence(
  host: Host,
  run: string,
  wanted: readonly string[],
  scratch: string,
  signal: AbortSignal,
): Promise<RunFile[]> {
  const files = await host.files(run, MOST_FILES);
  const found = files.filter(({ path: name, bytes }) => wanted.includes(name) && bytes <= EVIDENCE_BYTES);
  const folder = path.join(scratch, 'evidence');
  const copies = found.map((file, index) => ({ file, to: path.join(folder, String(index)) }));
  try {
    if (copies.length > 0) {
      const limit = { bytes: EVIDENCE_BYTES, what: 'a file that says how the run ended' };
      const items = copies.map(({ file, to }) => ({ from: file.path, to, limit }));
      await host.collect(run, items, signal);
    }
    const texts = new Map<string, string>();
    for (const { file, to } of copies) texts.set(file.path, await tailOf(to));
    return files.map((file) => {
      const text = texts.get(file.path);
      return text === undefined ? file : { ...file, text };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tailOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
