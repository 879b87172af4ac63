/**
 * The small program that lives beside a run on its host: in the run's container, or as a plain process. POSIX sh only,
 * because it has to run in any image. `sh wrapper.sh RUN TOKEN LIMIT COMMAND [ARG...]` ends the command when its log has more
 * than LIMIT bytes (0 = never); what it keeps in the run folder:
 *   claim    "TOKEN BOOT PID BORN" of the wrapper that has the run; made once, any later wrapper exits
 *   command  "PID BORN" of the command, which leads its own process group
 *   log      stdout and stderr of the command, byte for byte
 *   lease    touched while the wrapper lives
 *   exit     the exit code, complete from the moment it is there
 */

/** Exit code of a wrapper that found the run claimed; only for users who inspect the container. */
const TAKEN = 75;

/** Seconds between two touches of the lease. */
const LEASE_SECONDS = 2;

/**
 * `born PID` prints when a process started, in ticks since the boot: ids are reused, an id with its start is not. It
 * fails when there is no such process or only a zombie. After the name, which may hold blanks and brackets, come
 * state, parent, group, ...; the start is the twentieth (proc(5), /proc/PID/stat).
 */
export const BORN = `
born() {
  read -r stat_line 2>/dev/null <"/proc/$1/stat" || return 1
  set -- \${stat_line##*) }
  case $1 in [ZX]) return 1 ;; esac
  printf '%s' "\${20}"
}
`;

/** The text of the wrapper; constant. */
export const WRAPPER = `${BORN}
run=$1 token=$2 limit=$3 command= target= asked=
shift 3

ask() {
  asked=1
  [ -z "$target" ] || kill -s TERM -- "$target" 2>/dev/null
}
trap ask TERM INT HUP # before the claim: who finds the claim may stop us from then on

read -r boot </proc/sys/kernel/random/boot_id
draft=$run/.claim.$token
printf '%s %s %s %s\\n' "$token" "$boot" "$$" "$(born "$$")" >"$draft" || exit 74
ln "$draft" "$run/claim" 2>/dev/null || (set -C && cat "$draft" >"$run/claim") 2>/dev/null || token= # no hard links
rm -f "$draft"
[ -n "$token" ] || exit ${TAKEN}

touch "$run/lease"

# Beside the command: says that we live, and ends what talks without end, the second time by force.
keep() {
  trap - TERM INT HUP
  signal=TERM
  while sleep ${LEASE_SECONDS} && kill -0 "$$" 2>/dev/null; do
    touch "$run/lease"
    [ "$limit" -gt 0 ] || continue
    set -- $(ls -ldn "$run/log")
    [ "$5" -gt "$limit" ] || continue
    kill -s "$signal" -- "$target" 2>/dev/null
    signal=KILL
  done
}

# A group of its own, so that all that the command starts can be asked and ended together.
start() {
  if command -v setsid >/dev/null 2>&1; then
    setsid "$@" </dev/null >>"$run/log" 2>&1 &
    command=$! target=-$!
  else
    "$@" </dev/null >>"$run/log" 2>&1 &
    command=$! target=$!
  fi
  printf '%s %s\\n' "$command" "$(born "$command")" >"$run/.command" && mv -f "$run/.command" "$run/command"
  [ -z "$asked" ] || ask
}

# A signal for us interrupts the waiting, not the command: wait until wait itself was not interrupted. 127 = the
# shell has told the exit code before.
finish() {
  asked=
  wait "$command"
  code=$?
  while [ -n "$asked" ]; do
    asked=
    wait "$command"
    later=$?
    [ "$later" = 127 ] || code=$later
  done
}

if command -v "$1" >/dev/null 2>&1; then
  start "$@"
  keep </dev/null >/dev/null 2>&1 &
  renewer=$!
  finish
  kill -s KILL -- "$target" 2>/dev/null # an ended run leaves nothing behind that holds files or memory
  kill "$renewer" 2>/dev/null
else
  printf 'The command could not be started: %s was not found.\\n' "$1" >>"$run/log"
  code=127
fi

# What root wrote in a container is given to the owner of the run folder, who has to be able to remove it.
give() {
  [ "$(id -u)" = 0 ] || return 0
  set -- "$1" $(ls -ldn "$run")
  chown -hR "$4:$5" "$1" 2>/dev/null || : # a mount that is read-only, for example
}
give "$run"

# Until it is written: without it nobody can know how the run ended. A folder that was removed asks nobody.
until printf '%s\\n' "$code" >"$run/.exit" && give "$run/.exit" && mv -f "$run/.exit" "$run/exit"; do
  [ -d "$run" ] || exit 0
  sleep 1
done 2>/dev/null
`;
