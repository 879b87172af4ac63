/** Links contents of the store into a run folder. */
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import { groups } from './arguments.js';
import { askHost, failureOf, type HostRoot } from './ask-host.js';
import { NOT_ITS_HASH, PRELUDE } from './shell.js';
import { contentPath } from './stock.js';

export interface ContentLink {
  readonly sha256: string;
  /** Path on the host: absolute, or relative to the folder. */
  readonly to: string;
}

/**
 * $1 root, $2... content paths. A run could have written into a content through its hard link, so contents are hashed
 * again before every use; one that does not match its hash is removed. Prints the contents that are missing or removed.
 */
const VERIFY = `${PRELUDE}
cd -- "$1/cas" || exit
shift
good=$(printf '%s\\n' "$@" | xargs $hasher 2>/dev/null |
  awk '{ sub(/^\\*/, "", $2) } $1 == substr($2, 4) { print $2 }')
if [ "$(printf '%s\\n' "$good" | grep -c .)" -eq $# ]; then exit 0; fi
bad=$(printf '%s\\n' "$@" "$good" | sort | uniq -u | grep .)
printf '%s\\n' "$bad" | xargs rm -f --
printf '%s\\n' "$bad"
exit ${NOT_ITS_HASH}
`;

/**
 * $1 root, $2 folder, then pairs: content path, path in the folder. Goes down a path step by step and through no
 * symbolic link, so that nothing a run left there can lead out of the folder. A copy where the file system refuses
 * links gets its name by rename.
 */
const LINK = `
LC_ALL=C; export LC_ALL
umask 077
store=$1/cas
folder=$2
shift 2
place() {
  cd -- "$folder" || return
  rest=$2
  while :; do
    case $rest in */*) ;; *) break ;; esac
    step=\${rest%%/*}
    rest=\${rest#*/}
    if [ -L "./$step" ]; then
      printf '%s\\n' "$2: a symbolic link lies on the way" >&2
      return 1
    fi
    [ -d "./$step" ] || mkdir -- "./$step" || [ -d "./$step" ] || return
    cd -- "./$step" || return
  done
  if [ -e "./$rest" ] || [ -L "./$rest" ]; then rm -f -- "./$rest" || return; fi
  ln -- "$store/$1" "./$rest" 2>/dev/null && return
  cp -- "$store/$1" "./.cosmos-$$.part" && mv -f -- "./.cosmos-$$.part" "./$rest" && return
  rm -f -- "./.cosmos-$$.part"
  return 1
}
mkdir -p -- "$folder" || exit
while [ $# -gt 1 ]; do
  place "$1" "$2" || exit
  shift 2
done
`;

/**
 * By hard link, or as a copy where the file system refuses links. An existing file of that name is replaced.
 * @throws CosmosError transfer_failed when the store lacks one of them (to be sent again), host_file_failed, disk_full,
 * host_step_failed; internal when a path would leave the folder.
 */
export async function linkContents(host: HostRoot, folder: string, items: readonly ContentLink[]): Promise<void> {
  const pairs = items.map(({ sha256, to }) => [contentPath(sha256), inside(folder, to)] as const);
  const contents = [...new Set(pairs.map(([content]) => content))].map((content) => [content]);
  for (const group of groups(contents)) await verify(host, group.flat());
  for (const group of groups(pairs)) await askHost(host, LINK, [host.root, folder, ...group.flat()]);
}

async function verify(host: HostRoot, contents: readonly string[]): Promise<void> {
  const result = await host.remote.run(VERIFY, [host.root, ...contents]);
  if (result.exitCode === 0) return;
  if (result.exitCode !== NOT_ITS_HASH) throw await failureOf(host, result, 0);
  const lacking = result.stdout.toString().trim().split('\n');
  const message = `${lacking.length} of the files that the run needs are missing or damaged in ${host.root}/cas on the host; they are sent again with the next attempt.`;
  throw new CosmosError('transfer_failed', message, { lacking });
}

/** Path relative to the folder. @throws CosmosError internal when it does not lie in it. */
function inside(folder: string, to: string): string {
  const relative = path.posix.relative(folder, path.posix.resolve(folder, to));
  if (relative === '' || relative === '..' || relative.startsWith('../') || relative.includes('\0')) {
    throw new CosmosError('internal', `"${to}" does not lie in ${folder} on the host.`, { to, folder });
  }
  return relative;
}
