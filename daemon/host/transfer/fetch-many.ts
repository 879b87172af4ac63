/** Many small files from a host: one command that says their digests and then all their bytes. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { renameOver } from '../../held-file.js';
import type { RemoteResult, RemoteStream } from '../shell/remote.js';
import { failureOf, type HostRoot } from './ask-host.js';
import { ByteReader, EndOfBytes } from './byte-reader.js';
import { type Course, damagedOnTheWay, type FileToFetch, partOf } from './fetch-one.js';
import { unlessIdle } from './idle-limit.js';
import type { Progress } from './progress.js';
import { PRELUDE } from './shell.js';

/**
 * $@ files. Prints their digests, a line of 65 bytes each, then their bytes without any mark between them: their sizes
 * are known. Not a tar, which would send a second hard link without its bytes. A name with a newline would break the
 * lines of the hash programs, so such files are digested one by one; GNU marks escaped names by a backslash.
 */
const BUNDLE = `${PRELUDE}
odd=
for file; do
  case $file in *'
'*) odd=1 ;; esac
done
if [ -n "$odd" ]; then
  digests=$(for file; do digest <"$file"; done)
else
  digests=$($hasher "$@" | sed 's/^\\\\//' | cut -c 1-64)
fi
[ "$(printf '%s\\n' "$digests" | grep -c .)" -eq $# ] || exit 1
printf '%s\\n' "$digests"
exec cat -- "$@"
`;

/** A digest in hex and its newline. */
const DIGEST_LINE = 65;

/**
 * Every file is complete under its name before the next one begins.
 * @throws CosmosError transfer_failed, host_file_failed or host_step_failed; the system's own error when this machine's disk refuses.
 */
export async function fetchMany(
  host: HostRoot,
  files: readonly FileToFetch[],
  { clock, progress, signal }: Course,
): Promise<void> {
  const broken = new AbortController(); // without a reader, a command with more output would wait for ever
  const either = AbortSignal.any([signal, broken.signal]);
  const paths = files.map(({ from }) => from);
  const { stdout, done } = host.remote.stream(BUNDLE, paths, { signal: either });
  done.catch(() => {}); // it is awaited below; until then a rejection must not count as unhandled
  try {
    const bytes = new ByteReader(unlessIdle(stdout, clock, paths[0] ?? '', () => broken.abort()));
    await receive(bytes, files, progress);
    const last = files.at(-1);
    if ((await bytes.hasMore()) && last !== undefined) throw damagedOnTheWay(last); // more than was announced
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EndOfBytes) throw await failureOf(host, await endOf(done), 0);
    broken.abort();
    throw error;
  }
}

async function endOf(done: RemoteStream['done']): Promise<RemoteResult> {
  const { exitCode, stderr } = await done;
  return { exitCode: exitCode ?? 1, stdout: Buffer.alloc(0), stderr };
}

async function receive(bytes: ByteReader, files: readonly FileToFetch[], progress: Progress): Promise<void> {
  const digests = (await bytes.text(files.length * DIGEST_LINE)).split('\n');
  for (const [index, file] of files.entries()) {
    await receiveOne(bytes, file, digests[index] ?? '');
    progress.finish(file.bytes);
  }
}

async function receiveOne(bytes: ByteReader, file: FileToFetch, digest: string): Promise<void> {
  const part = partOf(file);
  const handle = await open(part, 'w');
  try {
    const arrived = await write(handle, bytes.pieces(file.bytes));
    if (arrived !== digest) throw damagedOnTheWay(file);
    await handle.sync();
  } catch (error) {
    await rm(part, { force: true }); // small: not worth continuing
    throw error;
  } finally {
    await handle.close();
  }
  await renameOver(part, file.to);
}

/** Returns the SHA-256 of what was written. */
async function write(handle: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of pieces) {
    hash.update(piece);
    await handle.appendFile(piece);
  }
  return hash.digest('hex');
}
