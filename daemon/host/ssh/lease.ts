/**
 * Who holds which GPU of a host, for all people and installations that share it: one file a lease in a folder of the
 * whole host, "gpu-INDEX.RUN". A lease is over when it has expired AND its container is gone. We change and remove only
 * our own files, so the expired leases of others stay in the folder and are ignored.
 */
import * as z from 'zod';
import { CosmosError } from '../../errors.js';
import type { Remote } from '../shell/remote.js';
import { containerName } from './run-paths.js';

/** The usual folder: of the whole host, kept at a restart, writable for everybody by its sticky bit. */
export const LEASES = '/var/tmp/cosmos-bridge/leases';

const LeaseContent = z.object({
  /** Shown to others: person and machine. */
  owner: z.string(),
  run: z.string(),
  container: z.string(),
  /** Seconds after the last renewal until it expires. */
  seconds: z.int().positive(),
});

export type Lease = z.infer<typeof LeaseContent> & {
  readonly gpu: number;
  /** When it was taken or last renewed: UTC ISO, by the clock of the host. */
  readonly since: string;
  /** Whether it counts: not expired, or its container exists, or that is unknown because Docker does not answer. */
  readonly live: boolean;
};

export type Acquired =
  | { readonly kind: 'held' }
  /** Nothing was taken, because these leases hold the GPUs. */
  | { readonly kind: 'busy'; readonly holders: readonly Lease[] };

/** Exit codes of the scripts: another lease is in the way; the folder or its lock cannot be had, and stderr says why. */
const TAKEN = 80;
const BLOCKED = 75;

/** Most seconds that a lease counts, whatever it says: a longer use of a GPU is seen by its container. */
const LONGEST = 3600;
/** Seconds that a lease may lie in the future. Further on it is no lease, or the clock was put back: its container decides. */
const SKEW = 60;
/** Files that are looked into at most; a folder that everybody may write into may hold a hundred thousand. */
const MOST = 2000;

/**
 * $1 folder. Every user may put anything into the folder, under any name: we write only new files (mktemp), and links,
 * pipes, folders and files that are too big for a lease are not read.
 */
const COMMON = `
folder=$1
# Where nobody but root and the owner of a file can take it away.
safe() { [ -d "$1" ] && [ ! -L "$1" ] && { [ -k "$1" ] || [ -O "$1" ]; }; }
refuse() { printf '%s\\n' "$1" >&2; exit ${BLOCKED}; }

mkdir -p -m 1777 "\${folder%/*}" "$folder" 2>/dev/null
for place in "\${folder%/*}" "$folder"; do
  safe "$place" || refuse "$place is not a folder as /tmp is one: remove it, or ask its owner to"
done

# Looks once, and only after the lock was taken, where one is: what is written there is then what was seen.
look() {
  stamp=$(mktemp "$folder/.now.XXXXXX") && now=$(stat -c %Y "$stamp") && rm -f "$stamp" || exit 1
  names=
  docker_silent=
  if command -v docker >/dev/null 2>&1; then
    names=$(timeout 15 docker container ls --format '{{.Names}}' 9>&- 2>/dev/null) || docker_silent=1
  fi
}

# "SECONDS-SINCE-1970 FILE" of each plain file whose name fits the pattern $1.
files() { find "$folder" -maxdepth 1 -type f -name "$1" -size -3 -exec stat -c '%Y %n' {} + 2>/dev/null 9>&-; }

# Whether the lease in the plain file $1, renewed at $2, counts: its container is there, or it was renewed lately.
live() {
  read -r content <"$1" || return 1
  case $content in *'"container":"'*'"seconds":'* | *'"seconds":'*'"container":"'*) ;; *) return 1 ;; esac
  container=\${content#*'"container":"'} container=\${container%%'"'*}
  seconds=\${content#*'"seconds":'} seconds=\${seconds%%[!0-9]*}
  [ "\${#seconds}" -le 4 ] && [ "\${seconds:-0}" -le ${LONGEST} ] || seconds=${LONGEST}
  age=$((now - $2))
  [ "$age" -gt "\${seconds:-0}" ] || [ "$age" -lt -${SKEW} ] || return 0
  [ -z "$docker_silent" ] || return 0
  case "
$names
" in *"
$container
"*) return 0 ;; esac
  return 1
}
`;

/**
 * Checks and takes leases under one lock. The lock is opened without O_CREAT when it exists: kernels refuse that for files of
 * others in a sticky folder (fs.protected_regular). Any user could hold it for ever, so the error names the holder: proc_locks(5).
 */
const LOCK = `
[ -e "$folder/.lock" ] || ( umask 000; set -C; : >"$folder/.lock" ) 2>/dev/null
[ -f "$folder/.lock" ] && [ ! -L "$folder/.lock" ] || refuse "$folder/.lock is not a plain file: remove it, or ask its owner to"
exec 9<"$folder/.lock" || refuse "$folder/.lock cannot be read: ask its owner to remove it"

holder() {
  inode=$(stat -c %i "$folder/.lock")
  while read -r _ kind _ _ pid place _; do
    [ "$kind" = FLOCK ] && [ "\${place##*:}" = "$inode" ] && [ "$pid" -gt 0 ] || continue
    while read -r key uid _; do
      [ "$key" != Uid: ] || { printf '%s (process %s)' "$(id -nu "$uid" 2>/dev/null || echo "uid $uid")" "$pid"; return; }
    done <"/proc/$pid/status"
  done </proc/locks
}
flock -w "\${wait_s:-10}" 9 || {
  who=$(holder 2>/dev/null)
  refuse "$folder/.lock is held by \${who:-somebody} for longer than any of us takes: ask them to end that"
}
`;

/** $1 folder. Prints "NAME LIVE SECONDS-SINCE-1970 CONTENT" a lease; creates nothing when the folder does not exist. */
const LIST = `[ -d "$1" ] || exit 0
${COMMON}
look
count=0
files 'gpu-*' | while read -r changed file; do
  count=$((count + 1))
  [ "$count" -le ${MOST} ] || break
  if live "$file" "$changed"; then answer=1; else answer=0; fi
  case $content in '{'*'}') ;; *) continue ;; esac
  printf '%s %s %s %s\\n' "\${file##*/}" "$answer" "$changed" "$content"
done
`;

/** $1 folder, $2 seconds to wait for the lock, $3 run, $4 content, the rest: GPU indexes. All or nothing; repeating renews. */
const ACQUIRE = `${COMMON}
wait_s=$2 run=$3 text=$4
shift 4
${LOCK}
look
for gpu; do
  count=0
  files "gpu-$gpu.*" | while read -r changed file; do
    count=$((count + 1))
    [ "$count" -le ${MOST} ] || refuse "$folder has more than ${MOST} files named gpu-$gpu.*: remove them, or ask their owners to"
    [ "$file" != "$folder/gpu-$gpu.$run" ] || continue
    ! live "$file" "$changed" || exit ${TAKEN}
    [ ! -O "$file" ] || rm -f "$file" # ours, and over
  done
  found=$?
  case $found in ${TAKEN} | ${BLOCKED}) exit "$found" ;; esac
done
for gpu; do
  draft=$(mktemp "$folder/.draft.XXXXXX") && printf '%s\\n' "$text" >"$draft" && chmod 644 "$draft" || exit 1
  mv -f "$draft" "$folder/gpu-$gpu.$run" || exit 1
done
`;

/** $1 folder, $2 run. Needs no lock, which another user may hold; readers may see the GPU as busy a moment longer. */
const RELEASE = `[ -d "$1" ] || exit 0
${COMMON}
find "$folder" -maxdepth 1 -type f -name "gpu-*" 2>/dev/null | while read -r file; do
  name=\${file##*/}
  [ "\${name#*.}" != "$2" ] || rm -f "$file" || exit 1
done
`;

export interface SlotLeaseOptions {
  readonly remote: Remote;
  /** How others see who holds a GPU. */
  readonly owner: string;
  /** Folder of the whole host; {@link LEASES}. */
  readonly folder?: string;
  /** Seconds after the last renewal until a lease expires, if its container is gone. */
  readonly seconds?: number;
  /** Seconds to wait for the lock of the folder, which every daemon holds only for an instant. */
  readonly patience?: number;
}

export class SlotLeases {
  private readonly folder: string;

  constructor(private readonly options: SlotLeaseOptions) {
    this.folder = options.folder ?? LEASES;
  }

  /** Leases that lie on the host, also those that do not count any more; of so many files as we look into. */
  async list(): Promise<Lease[]> {
    const { exitCode, stdout, stderr } = await this.options.remote.run(LIST, [this.folder]);
    if (exitCode !== 0) throw this.failed(exitCode, stderr);
    const leases = stdout
      .toString()
      .split('\n')
      .flatMap((line) => parseLease(line) ?? []);
    return leases.sort((a, b) => a.gpu - b.gpu || a.run.localeCompare(b.run));
  }

  /**
   * Takes all GPUs for the run or none. Called again by the same run it renews.
   * @throws CosmosError leases_blocked while another user keeps the folder or its lock from being used
   */
  async acquire(gpus: readonly number[], run: string): Promise<Acquired> {
    const { remote, owner, seconds = 120, patience = 10 } = this.options;
    const content = JSON.stringify({ container: containerName(run), seconds, run, owner });
    const args = [this.folder, String(patience), run, content, ...gpus.map(String)];
    const { exitCode, stderr } = await remote.run(ACQUIRE, args);
    if (exitCode === 0) return { kind: 'held' };
    if (exitCode !== TAKEN) throw this.failed(exitCode, stderr);
    const holders = (await this.list()).filter((lease) => lease.live && lease.run !== run && gpus.includes(lease.gpu));
    return { kind: 'busy', holders };
  }

  /** Harmless when the run holds nothing. */
  async release(run: string): Promise<void> {
    const { exitCode, stderr } = await this.options.remote.run(RELEASE, [this.folder, run]);
    if (exitCode !== 0) throw this.failed(exitCode, stderr);
  }

  private failed(exitCode: number, stderr: string): CosmosError {
    const words = stderr.trim().split('\n').at(-1) ?? '';
    if (exitCode === BLOCKED) {
      const message = `No GPU can be taken on the host, because ${words}. The job goes on by itself then.`;
      return new CosmosError('leases_blocked', message, { folder: this.folder, why: words });
    }
    const message = `The leases of the GPUs in ${this.folder} on the host cannot be changed: ${stderr.trim()}`;
    return new CosmosError('host_step_failed', message, { exitCode, stderr });
  }
}

/** A file that is not a lease of this version is ignored: another program wrote it. */
function parseLease(line: string): Lease | undefined {
  const [, gpu, live, since, text] = /^gpu-(\d+)\.\S* ([01]) (\d+) (.*)$/.exec(line) ?? [];
  if (text === undefined) return undefined;
  try {
    const content = LeaseContent.parse(JSON.parse(text));
    return { ...content, gpu: Number(gpu), live: live === '1', since: new Date(Number(since) * 1000).toISOString() };
  } catch {
    return undefined;
  }
}
