/** A big file: by SFTP into a part of its own that a later call continues, then verified and renamed on the host. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import { askHost, diskFull, failureOf, freeBytes, type Place } from './ask-host.js';
import { digestOfStart } from './local-digest.js';
import type { Progress } from './progress.js';
import { digestLine } from './remote-facts.js';
import { commonLength, IN_FLIGHT } from './resume.js';
import { NOT_ITS_HASH, PRELUDE } from './shell.js';
import { type Content, changedWhileSent, INCOMING, partName } from './stock.js';

/**
 * $1 root, $2 hash, $3 our part, $4 bytes of the whole. A part of another writer is taken over, by rename, once nobody
 * has written to it for ten minutes. Prints the length and SHA-256 of what may be continued, longest first
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
for length in "$size" "$((size - ${IN_FLIGHT}))"; do
  if [ "$length" -gt 0 ]; then printf '%s %s\\n' "$length" "$(head -c "$length" <"$3" | digest)"; fi
done
`;

/**
 * $1 root, $2 hash, $3 our part. The bytes are on disk before they get their name. A part that is gone while the
 * content is there was finished by another writer that took it over: the same content.
 */
const FINISH = `${PRELUDE}
cd -- "$1/cas" || exit
folder=\${2%"\${2#??}"}
if [ ! -f "incoming/$3" ] && [ -f "$folder/$2" ]; then exit 0; fi
(sync -d "incoming/$3" 2>/dev/null || sync) &
found=$(digest <"incoming/$3") || exit
wait
if [ "$found" != "$2" ]; then
  rm -f -- "incoming/$3"
  exit ${NOT_ITS_HASH}
fi
chmod 600 "incoming/$3" && mkdir -p -- "$folder" && mv -f -- "incoming/$3" "$folder/$2"
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
  place: Place,
  { content, writer, isBegun }: Upload,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  if ((await stat(content.from)).size !== content.bytes) throw changedWhileSent(content);
  const part = partName(content.sha256, writer);
  const fromByte = isBegun ? await resumeAt(place, part, content, signal) : 0;
  await put(place, part, content, fromByte, progress, signal);
  await finish(place, part, content, signal);
  progress.finish(content.bytes);
  return content.bytes - fromByte;
}

async function resumeAt(place: Place, part: string, content: Content, signal: AbortSignal): Promise<number> {
  const args = [place.root, content.sha256, part, String(content.bytes)];
  const text = (await askHost(place, FIND_PART, args, { signal })).toString().trim();
  const theirs = text.split('\n').filter(Boolean).map(digestLine);
  return commonLength(new Map(theirs), (length) => digestOfStart(content.from, length, signal));
}

async function put(
  place: Place,
  part: string,
  { from, bytes }: Content,
  fromByte: number,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const files = await place.remote.files();
  const to = path.posix.join(place.root, INCOMING, part);
  let sent = fromByte;
  const onBytes = (now: number) => {
    sent = now;
    progress.within(now);
  };
  try {
    await files.put(from, to, { fromByte: fromByte > 0 ? fromByte : undefined, onBytes, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw (await fullDiskBehind(place, bytes - sent, error)) ?? error;
  }
}

/** SFTP has one code for every failure of a write, so the disk itself is asked whether it was full, and how much. */
async function fullDiskBehind(place: Place, needed: number, error: unknown): Promise<CosmosError | undefined> {
  try {
    const free = await freeBytes(place);
    const isKnown = error instanceof CosmosError && error.code === 'disk_full';
    return isKnown || free < needed ? diskFull(place.root, needed, free) : undefined;
  } catch {
    return undefined; // no connection to ask over: the failure of the transfer itself says so
  }
}

async function finish(place: Place, part: string, content: Content, signal: AbortSignal): Promise<void> {
  const result = await place.remote.run(FINISH, [place.root, content.sha256, part], { signal });
  if (result.exitCode === NOT_ITS_HASH) throw arrivedDifferent(content);
  if (result.exitCode !== 0) throw await failureOf(place, result, content.bytes);
}

/** A content whose bytes on the host are not those of its hash. Nothing of it is kept there. */
export function arrivedDifferent({ from, sha256 }: Content): CosmosError {
  const message = `${from} arrived on the host with another content than it had when it was prepared; it is sent again with the next attempt. If that repeats, the file was changed: submit the clip again.`;
  return new CosmosError('transfer_failed', message, { file: from, sha256 });
}
