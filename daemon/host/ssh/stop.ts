/** Ending a run on its host: asked first, then killed, and verified gone either way. */
import { CosmosError } from '../../errors.js';
import type { Remote } from '../shell/remote.js';
import { containerFailure } from './container-failures.js';
import { ASIDE } from './run-files.js';
import { FOLDER_LABEL } from './run-paths.js';
import { LOCK } from './start.js';
import { ALIVE } from './status.js';

/** Exit codes as shells count them: of a run stopped before it started, and of one that was killed. */
const NEVER_STARTED = 143;
const KILLED = 137;

/** Exit code of the script when a process or container of the run is left. */
const ALIVE_STILL = 79;

/**
 * $1 folder, $2 container, $3 seconds that the run has to end by itself. The run is claimed first, so that a run that
 * has not started yet never starts: its wrapper finds it claimed.
 */
const STOP = `${ALIVE}${LOCK}
set -u
run=$1 name=$2 grace=$3
umask 077
${ASIDE}
mkdir -p "$run" || exit 1

settle() {
  [ -e "$run/exit" ] && return
  printf '%s\\n' "$1" >"$aside.exit.$$" && mv -f "$aside.exit.$$" "$run/exit"
}

# Waits up to $1 tenths of a second for the end of everything that belongs to a run without a container.
gone() {
  tenths=$1
  while alive; do
    [ "$tenths" -gt 0 ] || return 1
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

lock
printf 'stopped - - -\\n' >"$aside.claim" || exit 1
ln "$aside.claim" "$run/claim" 2>/dev/null
rm -f "$aside.claim"

if [ -e "$run/container" ]; then
  if owner=$(docker container inspect --format '{{index .Config.Labels "${FOLDER_LABEL}"}}' "$name" 2>&1); then
    [ "$owner" = "$run" ] || { settle ${NEVER_STARTED}; exit 0; } # somebody else's of the same name
    exec 9>&-
    docker container stop --time "$grace" "$name" >/dev/null || docker container kill "$name" >/dev/null
    code=$(docker container inspect --format '{{if .State.Running}}running{{else}}{{.State.ExitCode}}{{end}}' "$name") || exit 1
    [ "$code" != running ] || exit ${ALIVE_STILL}
    [ "$code" != 0 ] || code=${NEVER_STARTED}
    settle "$code"
  else
    case $owner in *[Nn]'o such'*) settle ${NEVER_STARTED} ;; *) printf '%s\\n' "$owner" >&2; exit 1 ;; esac
  fi
  exit 0
fi

read -r token boot keeper keeper_born <<END
$(line "$run/claim")
END
[ "$token" != stopped ] || settle ${NEVER_STARTED}
exec 9>&-
alive || { settle ${KILLED}; exit 0; }
if [ "$(born "$keeper")" = "$keeper_born" ]; then
  kill -s TERM "$keeper" 2>/dev/null
elif group_alive; then
  kill -s TERM -- "-$leader" 2>/dev/null
fi
gone "$((grace * 10))" && { settle ${KILLED}; exit 0; }
# The command first: its wrapper then still writes down how it ended.
group_alive && kill -s KILL -- "-$leader" 2>/dev/null
gone 100 && { settle ${KILLED}; exit 0; }
[ "$(born "$keeper")" != "$keeper_born" ] || kill -s KILL "$keeper" 2>/dev/null
gone 100 || exit ${ALIVE_STILL}
settle ${KILLED}
`;

export interface StopTarget {
  readonly folder: string;
  readonly container: string;
  readonly graceSeconds: number;
}

/** @throws CosmosError when the host cannot be asked, or the run is still there after everything. */
export async function stopRun(remote: Remote, { folder, container, graceSeconds }: StopTarget): Promise<void> {
  const args = [folder, container, String(graceSeconds)];
  const result = await remote.run(STOP, args);
  if (result.exitCode === ALIVE_STILL) {
    throw new CosmosError('host_step_failed', `What the run in ${folder} started could not be ended.`, { container });
  }
  if (result.exitCode !== 0) throw containerFailure(result, 'stopped', { container, image: '', envFile: null });
}
