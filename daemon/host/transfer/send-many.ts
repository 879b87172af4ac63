/** Many small files: one tar stream into one command. A round trip a file would be 15 times slower over a WAN. */
import { readFile } from 'node:fs/promises';
import { pipeline, Transform, type TransformCallback } from 'node:stream';
import { nanoid } from 'nanoid';
import { type Pack, pack } from 'tar-stream';
import type { RemoteResult } from '../shell/remote.js';
import { failureOf, type HostRoot } from './ask-host.js';
import type { Progress } from './progress.js';
import { PRELUDE, SETTLE } from './shell.js';
import { type Content, changedWhileSent, contentPath, INCOMING } from './stock.js';

/** Bytes up to which a file travels in a tar: what a cut may cost, and what is held in memory. */
export const SMALL = 8 * 2 ** 20;

/** Files and bytes of one tar: what has to be verified again after a cut, and how long its list of names gets. */
const MOST_FILES = 2000;
const MOST_BYTES = 2 ** 30;

/**
 * $1 root, $2 name of the incoming folder; stdin: tar. -m and -o: time and owner are the host's, not ours. When the
 * connection is cut, tar finds its end too early, and what came before it is still taken in.
 */
const RECEIVE = `${PRELUDE}${SETTLE}
mkdir -p -- "$1/${INCOMING}/$2" && cd -- "$1/cas" || exit
(cd -- "incoming/$2" && tar -xmof -)
received=$?
settle "incoming/$2" || exit
exit $received
`;

/**
 * Sends contents as one stream; returns the paths in the store of those that arrived and were verified. A file is read when the
 * connection has taken the one before it.
 * @throws CosmosError clip_changed, disk_full, host_file_failed or host_step_failed.
 */
export async function sendMany(
  host: HostRoot,
  writer: string,
  contents: readonly Content[],
  progress: Progress,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const archive = pack();
  const unreadable = new AbortController();
  const stdin = new InPieces();
  pipeline(archive, stdin, () => {}); // each ends the other; fill() or run() throws the reason
  fill(archive, contents, progress).catch((error: unknown) => {
    unreadable.abort(error);
    stdin.destroy();
  });
  const args = [host.root, `${writer}.${nanoid(8)}.tar`];
  const either = AbortSignal.any([signal, unreadable.signal]);
  const result = await host.remote.run(RECEIVE, args, { stdin, signal: either }).catch((error: unknown) => {
    throw unreadable.signal.aborted ? unreadable.signal.reason : error;
  });
  stdin.destroy(); // a command that ended early leaves it half read
  await throwFailure(host, result, contents);
  return new Set(result.stdout.toString().split('\n'));
}

/** Parts of a list that are right for one stream each. */
export function* batches(contents: readonly Content[]): Generator<readonly Content[]> {
  let batch: Content[] = [];
  let bytes = 0;
  for (const content of contents) {
    if (batch.length === MOST_FILES || bytes > MOST_BYTES) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(content);
    bytes += content.bytes;
  }
  if (batch.length > 0) yield batch;
}

/** Rejects only when a file cannot be read: if the archive's reader fails, the reader reports it. */
async function fill(archive: Pack, contents: readonly Content[], progress: Progress): Promise<void> {
  for (const content of contents) {
    const bytes = await readFile(content.from);
    if (bytes.length !== content.bytes) throw changedWhileSent(content);
    const isTaken = await add(archive, contentPath(content.sha256), bytes);
    if (!isTaken) return;
    progress.finish(bytes.length);
  }
  archive.finalize();
}

/** Resolves when the archive's reader has taken the entry: true, or false when the archive was given up. */
function add(archive: Pack, name: string, bytes: Buffer): Promise<boolean> {
  const taken = new Promise<boolean>((resolve) => {
    const entry = archive.entry({ name, size: bytes.length, mode: 0o600 }, bytes, (error) => resolve(!error));
    entry.on('error', () => {}); // the callback gets it too; without a listener it would end the process
  });
  return taken.catch(() => false); // thrown when it was given up before the entry began
}

async function throwFailure(host: HostRoot, result: RemoteResult, contents: readonly Content[]): Promise<void> {
  if (result.exitCode === 0) return;
  const needed = contents.reduce((sum, { bytes }) => sum + bytes, 0);
  throw await failureOf(host, result, needed);
}

/** Bytes that are passed on at once. */
const PIECE_BYTES = 64 * 1024;

/** Joins small writes: a tar makes three per file, and sending each alone would cost more than the file's bytes. */
class InPieces extends Transform {
  private parts: Buffer[] = [];
  private bytes = 0;

  override _transform(part: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.parts.push(part);
    this.bytes += part.length;
    if (this.bytes >= PIECE_BYTES) this.handOn();
    done();
  }

  override _flush(done: TransformCallback): void {
    this.handOn();
    done();
  }

  private handOn(): void {
    this.push(Buffer.concat(this.parts, this.bytes));
    this.parts = [];
    this.bytes = 0;
  }
}
