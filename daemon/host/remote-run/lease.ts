/**
 * Who holds which GPU of a host, for all people and installations that share it: one file a lease in a folder of the
 * whole host, "gpu-INDEX.RUN". A lease is over when it has expired AND its container is gone; nobody's file but our
 * own is ever touched or removed, so leases of others that are over are left lying and count for nothing.
 */
import * as z from 'zod';
import { CosmosError } from '../../errors.js';
import type { Remote } from '../remote.js';
import { runChecked } from './checked.js';
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
  /** Whether it counts: not yet expired, or its container is there, or nobody can tell because Docker is silent. */
  readonly live: boolean;
};

export type Acquired =
  | { readonly kind: 'held' }
  /** Nothing was taken: these are in the way. */
  | { readonly kind: 'busy'; readonly holders: readonly Lease[] };

/** Exit code of the scripts when another lease is in the way. */
const TAKEN = 80;

/**
 * $1 folder. The lock makes looking and taking one step. It is opened without O_CREAT where it exists: kernels refuse
 * that for files of others in a sticky folder (fs.protected_regular). Everybody may put anything into the folder, under
 * any name: what we write is a new file (mktemp), and links, pipes and folders are not looked into.
 */
const COMMON = `
folder=$1
# Where nobody but root and the owner of a file can take it away.
safe() { [ -d "$1" ] && [ ! -L "$1" ] && { [ -k "$1" ] || [ -O "$1" ]; }; }
plain() { [ -f "$1" ] && [ ! -L "$1" ]; }
refuse() { printf '%s; remove it, or ask its owner to.\\n' "$1" >&2; exit 1; }

mkdir -p -m 1777 "\${folder%/*}" "$folder" 2>/dev/null
for place in "\${folder%/*}" "$folder"; do safe "$place" || refuse "$place is not a folder as /tmp is one"; done
[ -e "$folder/.lock" ] || ( umask 000; set -C; : >"$folder/.lock" ) 2>/dev/null
plain "$folder/.lock" || refuse "$folder/.lock is not a plain file"
exec 9<"$folder/.lock" || exit 1
flock -w 60 9 || exit 75
stamp=$(mktemp "$folder/.now.XXXXXX") && now=$(stat -c %Y "$stamp") && rm -f "$stamp" || exit 1
names=
docker_silent=
if command -v docker >/dev/null 2>&1; then
  names=$(timeout 15 docker container ls --format '{{.Names}}' 9>&- 2>/dev/null) || docker_silent=1
fi

# Whether the lease in the plain file $1 counts: its container is there, or it was renewed lately.
live() {
  read -r content <"$1" || return 1
  container=\${content#*'"container":"'} container=\${container%%'"'*}
  seconds=\${content#*'"seconds":'} seconds=\${seconds%%[!0-9]*}
  [ "$((now - $(stat -c %Y "$1")))" -gt "\${seconds:-0}" ] || return 0
  [ -z "$docker_silent" ] || return 0
  case "
$names
" in *"
$container
"*) return 0 ;; esac
  return 1
}
`;

/** $1 folder. Prints "NAME LIVE SECONDS-SINCE-1970 CONTENT" a lease; where nobody ever took one, nothing is made. */
const LIST = `[ -d "$1" ] || exit 0
${COMMON}
for file in "$folder"/gpu-*; do
  plain "$file" || continue
  if live "$file"; then answer=1; else answer=0; fi
  printf '%s %s %s %s\\n' "\${file##*/}" "$answer" "$(stat -c %Y "$file")" "$content"
done
`;

/** $1 folder, $2 run, $3 content, the rest: GPU indexes. All or nothing; may be repeated, which renews. */
const ACQUIRE = `${COMMON}
run=$2 text=$3
shift 3
for gpu; do
  for file in "$folder/gpu-$gpu".*; do
    plain "$file" && [ "$file" != "$folder/gpu-$gpu.$run" ] || continue
    ! live "$file" || exit ${TAKEN}
    [ ! -O "$file" ] || rm -f "$file" # ours, and over
  done
done
for gpu; do
  draft=$(mktemp "$folder/.draft.XXXXXX") && printf '%s\\n' "$text" >"$draft" && chmod 644 "$draft" || exit 1
  mv -f "$draft" "$folder/gpu-$gpu.$run" || exit 1
done
`;

/** $1 folder, $2 run. */
const RELEASE = `${COMMON}
for file in "$folder"/gpu-*; do
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
  /** Seconds after which a lease that nobody renewed expires, if its container is gone. */
  readonly seconds?: number;
}

export class SlotLeases {
  private readonly folder: string;

  constructor(private readonly options: SlotLeaseOptions) {
    this.folder = options.folder ?? LEASES;
  }

  /** All leases that lie on the host, also those that do not count any more. */
  async list(): Promise<Lease[]> {
    const text = (await runChecked(this.options.remote, LIST, [this.folder])).toString();
    return text.split('\n').flatMap((line) => parseLease(line) ?? []);
  }

  /** Takes all GPUs for the run or none. Called again by the same run it renews. */
  async acquire(gpus: readonly number[], run: string): Promise<Acquired> {
    const { remote, owner, seconds = 120 } = this.options;
    const content = JSON.stringify({ container: containerName(run), seconds, run, owner });
    const args = [this.folder, run, content, ...gpus.map(String)];
    const { exitCode, stderr } = await remote.run(ACQUIRE, args);
    if (exitCode === 0) return { kind: 'held' };
    if (exitCode !== TAKEN) {
      const message = `The leases of the GPUs in ${this.folder} on the host cannot be changed: ${stderr.trim()}`;
      throw new CosmosError('host_step_failed', message, { exitCode, stderr });
    }
    const holders = (await this.list()).filter((lease) => lease.live && lease.run !== run && gpus.includes(lease.gpu));
    return { kind: 'busy', holders };
  }

  /** Harmless when the run holds nothing. */
  async release(run: string): Promise<void> {
    await runChecked(this.options.remote, RELEASE, [this.folder, run]);
  }
}

/** A file that is no lease of this version is passed over: it belongs to somebody else. */
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
