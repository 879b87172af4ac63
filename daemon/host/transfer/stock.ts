/** Which contents the store on a host has and lacks, in one round trip for any number of contents. */
import { CosmosError } from '../../errors.js';
import { askHost, type HostRoot, parseFree } from './ask-host.js';
import { PRELUDE, SETTLE } from './shell.js';

/** A file to bring to a host; `from` is a local path. */
export interface Content {
  readonly from: string;
  /** Of its content, lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The error for a file that changed between preparing and sending. */
export function changedWhileSent({ from, bytes }: Content): CosmosError {
  const message = `${from} no longer has the ${bytes} bytes that it had when the job was prepared; submit the clip again.`;
  return new CosmosError('clip_changed', message, { file: from });
}

/** Folders of a store below its root: contents by two digits of their hash, and what is still on its way. */
export const INCOMING = 'cas/incoming';

/** Path of a content below `cas`. */
export function contentPath(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256}`;
}

/**
 * $1 root, $2 writer; stdin: content paths. What an earlier upload of the same writer left complete is taken in first,
 * because a connection may have been cut between the last byte and its verification. Contents that are asked for count
 * as used now: prune() goes by that. Prints df, then "bytes path" of what is there.
 */
const STOCK = `${PRELUDE}${SETTLE}
mkdir -p -- "$1/${INCOMING}" && cd -- "$1/cas" || exit
for left in incoming/"$2".*.tar; do
  [ ! -d "$left" ] || settle "$left" >/dev/null || exit
done
wanted=$(cat)
df -Pk . || exit
stat -c '%s %n' incoming/*.part 2>/dev/null
printf '%s\\n' "$wanted" | xargs touch -c -- 2>/dev/null
printf '%s\\n' "$wanted" | xargs stat -c '%s %n' -- 2>/dev/null
exit 0
`;

export interface Stock {
  readonly lacking: readonly Content[];
  /** Bytes that are free on the disk of the store. */
  readonly free: number;
  /** Bytes of the lacking contents that earlier uploads of this writer sent; not yet verified. */
  readonly begunBytes: number;
  /** Hashes of unfinished uploads, of any writer. */
  readonly begun: ReadonlySet<string>;
}

/** A content of another size counts as lacking: a host that lost power can leave a file without its bytes. */
export async function takeStock(
  host: HostRoot,
  writer: string,
  contents: readonly Content[],
  signal: AbortSignal,
): Promise<Stock> {
  const stdin = Buffer.from(contents.map(({ sha256 }) => `${contentPath(sha256)}\n`).join(''));
  const text = (await askHost(host, STOCK, [host.root, writer], { stdin, signal })).toString();
  const sizes = new Map(text.split('\n').map(sizeLine));
  const lacking = contents.filter(({ sha256, bytes }) => sizes.get(contentPath(sha256)) !== bytes);
  const parts = lacking.map(({ sha256 }) => sizes.get(`incoming/${partName(sha256, writer)}`) ?? 0);
  const begunBytes = parts.reduce((sum, bytes) => sum + bytes, 0);
  const begun = new Set([...sizes.keys()].map((name) => PART.exec(name)?.[1] ?? ''));
  return { lacking, free: parseFree(text), begunBytes, begun };
}

/** Name of an unfinished upload below `incoming`. A writer has its own: two of them never write into one file. */
export function partName(sha256: string, writer: string): string {
  return `${sha256}.${writer}.part`;
}

const PART = /^incoming\/([0-9a-f]{64})\..*\.part$/;

function sizeLine(line: string): [string, number] {
  const [size, name] = line.split(' ', 2);
  return [name ?? '', Number(size)];
}
