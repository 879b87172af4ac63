/**
 * Sends a big file as a stream into a part file that a later call can continue; hashed, then renamed. A stream, because
 * SFTP's requests cost this process and the host a third more.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CosmosError } from '../../errors.js';
import { askHost, failureOf, type HostRoot } from './ask-host.js';
import { digestOfStart } from './local-digest.js';
import type { Progress } from './progress.js';
import { digestLine } from './remote-facts.js';
import { commonLength, IN_DOUBT } from './resume.js';
import { NOT_ITS_HASH, PRELUDE } from './shell.js';
import { type Content, changedWhileSent, INCOMING, partName } from './stock.js';

/** Bytes read and handed over at once; 64 KiB cost a fifth more of this process. */
const PIECE = 2 ** 20;

/** Exit code of our own (sysexits.h EX_NOINPUT): fewer bytes came than the content has. */
const INCOMPLETE = 66;

/**
 * $1 root, $2 hash, $3 our part, $4 bytes of the whole. A part of another writer is taken over, by rename, when no
 * one has written to it for ten minutes. Prints the length and SHA-256 of what may be continued, longest first
 * (`resumePoints`); nothing when there is nothing.
 */
const FIND_PART = `${PRELUDE}
cd -- "$1/${INCOMING}" || exit
if [ ! -f "$3" ]; then
  for other in $(find . -name "$2.*.part" -mmin +10); do
    if mv -- "$other" "$3" 2>/dev/null; then break; fi
  done
fi
[ -f "$3" ] || exit 0
size=$(stat -c %s -- "$3") || exit
[ "$size" -le "$4" ] || exit 0
for length in "$size" "$((size - ${IN_DOUBT}))"; do
  if [ "$length" -gt 0 ]; then printf '%s %s\\n' "$length" "$(head -c "$length" <"$3" | digest)"; fi
done
`;

/**
 * $1 root, $2 hash, $3 our part, $4 bytes of it to keep, $5 bytes of the whole; stdin: what follows those to keep. Written
 * from a position on and not appended: what an earlier, cut connection still brings are the same bytes for the same
 * place. Hashed when all bytes are there, because that checks the file itself, and on loopback takes a third less time than
 * tee's copies for a digest on the way. A part that ends too early is kept and continued. The data is not flushed to disk: a content
 * is digested again before every use (link-contents.ts), so one lost in a power cut is sent again. If the part is gone but the
 * content exists, another writer took the part over and finished it: the same content.
 */
const RECEIVE = `${PRELUDE}
cd -- "$1/cas" || exit
part=incoming/$3
folder=\${2%"\${2#??}"}
if [ "$4" -eq 0 ]; then : >"$part"; else dd if=/dev/null of="$part" bs=1 seek="$4" count=0 2>/dev/null; fi || exit
{
  dd bs=1 seek="$4" count=0 2>/dev/null
  cat
} 1<>"$part"
if [ -f "$part" ]; then
  [ "$(stat -c %s -- "$part")" -eq "$5" ] || exit ${INCOMPLETE}
  if [ "$(digest <"$part")" != "$2" ]; then
    rm -f -- "$part"
    exit ${NOT_ITS_HASH}
  fi
  chmod 600 "$part" && mkdir -p -- "$folder" && mv -f -- "$part" "$folder/$2" && exit
fi
[ -f "$folder/$2" ]
`;

export interface Upload {
  readonly content: Content;
  readonly writer: string;
  /** Whether the host has an unfinished upload of it; to look for one costs a round trip. */
  readonly isBegun: boolean;
}

/**
 * Sends one content, or what the host lacks of it; returns the bytes that went over.
 * @throws CosmosError clip_changed, disk_full, host_file_failed, transfer_failed or host_step_failed.
 */
export async function sendOne(
  host: HostRoot,
  { content, writer, isBegun }: Upload,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  if ((await stat(content.from)).size !== content.bytes) throw changedWhileSent(content);
  const part = partName(content.sha256, writer);
  const fromByte = isBegun ? await resumeAt(host, part, content, signal) : 0;
  await put(host, part, content, fromByte, progress, signal);
  progress.finish(content.bytes);
  return content.bytes - fromByte;
}

async function resumeAt(host: HostRoot, part: string, content: Content, signal: AbortSignal): Promise<number> {
  const args = [host.root, content.sha256, part, String(content.bytes)];
  const text = (await askHost(host, FIND_PART, args, { signal })).toString().trim();
  const theirs = text.split('\n').filter(Boolean).map(digestLine);
  return commonLength(new Map(theirs), (length) => digestOfStart(content.from, length, signal));
}

async function put(
  host: HostRoot,
  part: string,
  content: Content,
  fromByte: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const { from, sha256, bytes } = content;
  let sent = fromByte;
  // Cut off after its last byte, the part is whole, and its name is all that it lacks; the options have no empty range.
  const isWhole = fromByte === bytes;
  const stdin = isWhole
    ? Readable.from([])
    : createReadStream(from, { start: fromByte, end: bytes - 1, highWaterMark: PIECE });
  stdin.on('data', (piece: Buffer) => {
    sent += piece.length;
    progress.within(sent);
  });
  stdin.pause(); // a listener for data alone would let it flow before the connection takes it
  const args = [host.root, sha256, part, String(fromByte), String(bytes)];
  const result = await host.remote.run(RECEIVE, args, { stdin, signal }).finally(() => stdin.destroy());
  if (result.exitCode === NOT_ITS_HASH) throw arrivedDifferent(content);
  if (result.exitCode === INCOMPLETE && sent < bytes && stdin.readableEnded) throw changedWhileSent(content);
  if (result.exitCode !== 0) throw await failureOf(host, result, bytes - sent);
}

/** The error for a content whose bytes on the host do not match its hash. They are deleted there. */
export function arrivedDifferent({ from, sha256 }: Content): CosmosError {
  const message = `${from} arrived on the host with another content than it had when it was prepared; it is sent again with the next attempt. If that repeats, the file was changed: submit the clip again.`;
  return new CosmosError('transfer_failed', message, { file: from, sha256 });
}
