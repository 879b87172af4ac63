/** What the host says about files of a run before they are fetched: their sizes and digests. */
import { CosmosError } from '../../errors.js';
import { groups } from './arguments.js';
import { askHost, type HostRoot } from './ask-host.js';
import { PRELUDE } from './shell.js';

/** Prints size and mode of every file of $@, or "- 0"; in one process when all exist, which is the usual case. */
const SIZES = `
all=$(stat -L -c '%s %f' -- "$@" 2>/dev/null) && printf '%s\\n' "$all" && exit
for file; do
  stat -L -c '%s %f' -- "$file" 2>/dev/null || echo - 0
done
`;

/** $1 folder, the rest as SIZES: of a link, and of what lies outside of the folder by its real path, "- 0". */
const SIZES_BELOW = `
below=$(cd -P -- "$1" && pwd -P) || exit
shift
for file; do
  case $(readlink -f -- "$file") in
    "$below"/*) stat -c '%s %f' -- "$file" 2>/dev/null || echo - 0 ;;
    *) echo - 0 ;;
  esac
done
`;

/** $1 file, $2... lengths: prints length and SHA-256 of each beginning. All of it is read by the hasher itself. */
const DIGESTS = `${PRELUDE}
file=$1
size=$(stat -L -c %s -- "$1") || exit
shift
for length; do
  if [ "$length" -eq "$size" ]; then found=$(digest <"$file"); else found=$(head -c "$length" <"$file" | digest); fi
  printf '%s %s\\n' "$length" "$found"
done
`;

/** The file type bits of a mode, and those of a regular file (POSIX sys/stat.h). */
const TYPE_BITS = 0xf000;
const REGULAR = 0x8000;

/**
 * Bytes of each file. @throws CosmosError not_found for a path that is no regular file there.
 * @param below absolute folder that they have to lie in; left out: anywhere.
 */
export async function sizesOf(
  host: HostRoot,
  files: readonly string[],
  signal: AbortSignal,
  below?: string,
): Promise<number[]> {
  const sizes: number[] = [];
  for (const group of groups(files.map((file) => [file]))) {
    const names = group.flat();
    const [script, args] = below === undefined ? [SIZES, names] : [SIZES_BELOW, [below, ...names]];
    const lines = (await askHost(host, script, args, { signal })).toString().trim().split('\n');
    sizes.push(...names.map((name, index) => sizeOf(name, lines[index] ?? '')));
  }
  return sizes;
}

/** SHA-256 of the first bytes of a file, by the length asked for. */
export async function digestsOf(
  host: HostRoot,
  file: string,
  lengths: readonly number[],
  signal: AbortSignal,
): Promise<Map<number, string>> {
  const text = (await askHost(host, DIGESTS, [file, ...lengths.map(String)], { signal })).toString().trim();
  return new Map(text.split('\n').map(digestLine));
}

/** "123 5f70bf18a0860070..." */
export function digestLine(line: string): [number, string] {
  const [length, digest] = line.split(' ', 2);
  return [Number(length), digest ?? ''];
}

function sizeOf(name: string, line: string): number {
  const [size, mode] = line.split(' ', 2);
  const bytes = /^\d{1,15}$/.test(size ?? '') ? Number(size) : Number.NaN; // no size = no regular file
  const isFile = !Number.isNaN(bytes) && (Number.parseInt(mode ?? '0', 16) & TYPE_BITS) === REGULAR;
  if (!isFile) throw new CosmosError('not_found', `${name} is not a file on the host.`, { file: name });
  return bytes;
}
