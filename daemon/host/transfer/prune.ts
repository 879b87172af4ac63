/** Keeps our store on a host from growing without bound. */
import { askHost, type HostRoot } from './ask-host.js';
import { INCOMING } from './stock.js';

/** Minutes that a content is kept after it was asked for: another daemon may be about to place it. */
const GRACE_MINUTES = 10;
/** Days after which an unfinished upload that was not continued is removed. */
const ABANDONED_DAYS = 7;

/**
 * $1 root, $2 bytes to keep. Only files whose path is that of a content are removed. Least recently used first; a
 * link count above one means that a run folder uses it, and removing it would free nothing.
 */
const PRUNE = `
LC_ALL=C; export LC_ALL
cd -- "$1/cas" 2>/dev/null || exit 0
contents() {
  find . -type f "$@" | grep '^\\./\\([0-9a-f][0-9a-f]\\)/\\1[0-9a-f]\\{62\\}$' |
    xargs stat -c '%Y %s %n' 2>/dev/null | sort -n
}
total=$(contents | awk '{ total += $2 } END { printf "%.0f", total }')
contents -links 1 -mmin +${GRACE_MINUTES} | awk -v total="$total" -v keep="$2" '
  total + 0 <= keep + 0 { exit }
  { print $3; total -= $2 }' | xargs rm -f -- || exit
cd -- "$1/${INCOMING}" 2>/dev/null || exit 0
find . -mindepth 1 -maxdepth 1 -mtime +${ABANDONED_DAYS} -exec rm -rf -- {} +
`;

/**
 * Removes contents until at most `keepBytes` are left, apart from those in use.
 * @throws CosmosError host_file_failed or host_step_failed.
 */
export async function pruneStore(host: HostRoot, keepBytes: number): Promise<void> {
  await askHost(host, PRUNE, [host.root, String(keepBytes)]);
}
