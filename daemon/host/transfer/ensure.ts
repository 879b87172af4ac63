/** Sends a host the contents that its store lacks, and only those. */
import type { Clock } from '../../clock.js';
import { diskFull, type HostRoot } from './ask-host.js';
import { Progress } from './progress.js';
import { batches, SMALL, sendMany } from './send-many.js';
import { arrivedDifferent, sendOne } from './send-one.js';
import { type Content, contentPath, type Stock, takeStock } from './stock.js';

/** Bytes by which a file's place on disk is rounded up, on all common file systems. */
const BLOCK = 4096;

/**
 * Returns the bytes that were sent. `onBytes` gets how many bytes of all `files` are on the host by now.
 * @throws CosmosError clip_changed, disk_full, host_file_failed, transfer_failed or host_step_failed.
 */
export async function ensureContents(
  host: HostRoot,
  writer: string,
  files: readonly Content[],
  clock: Clock,
  signal: AbortSignal,
  onBytes?: (bytes: number) => void,
): Promise<number> {
  const distinct = [...new Map(files.map((file) => [file.sha256, file])).values()];
  if (distinct.length === 0) return 0;
  const stock = await takeStock(host, writer, distinct, signal);
  demandSpace(host, stock);
  const progress = new Progress(clock, onBytes, total(files) - total(stock.lacking));
  const small = stock.lacking.filter(({ bytes }) => bytes <= SMALL);
  let sent = 0;
  for (const batch of batches(small)) {
    const arrived = await sendMany(host, writer, batch, progress, signal);
    for (const content of batch) if (!arrived.has(contentPath(content.sha256))) throw arrivedDifferent(content);
    sent += total(batch);
  }
  for (const content of stock.lacking) {
    if (content.bytes <= SMALL) continue;
    const isBegun = stock.begun.has(content.sha256);
    sent += await sendOne(host, { content, writer, isBegun }, progress, signal);
  }
  return sent;
}

/** Checked before the first byte is sent: hours later would be too late. */
function demandSpace({ root }: HostRoot, { lacking, begunBytes, free }: Stock): void {
  const needed = lacking.reduce((sum, { bytes }) => sum + Math.ceil(bytes / BLOCK) * BLOCK, 0) - begunBytes;
  if (needed > free) throw diskFull(root, needed, free);
}

function total(contents: readonly Content[]): number {
  return contents.reduce((sum, { bytes }) => sum + bytes, 0);
}
