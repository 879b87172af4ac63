/** The scripts that start a run on its host: at most once, also when two daemons try at once or an answer was lost. */
import { ASIDE } from './run-files.js';
import { FOLDER_LABEL } from './run-paths.js';

/** Seconds that a start or stop of the same run may hold the run before another one gives up waiting for it. */
const LOCK_SECONDS = 120;

/** Exit codes of the scripts; others are Docker's. */
export const BUSY = 75;
export const CONFLICT = 76;
export const NO_WRAPPER = 77;
export const OPEN_SECRETS = 78;

/**
 * One start or stop of a run at a time. The lock dies with the script that holds it, so a lost connection leaves none;
 * it keeps two starts from creating containers at the same time; the claim makes sure that a run starts once. It is beside
 * the run folder, because a program in there could hold it for ever.
 */
export const LOCK = `
lock() {
  exec 9>>"$aside.lock"
  flock -w ${LOCK_SECONDS} 9 || exit ${BUSY}
}
`;

/** $1 folder, $2 wrapper text; run.json comes as standard input. Ends when the run is taken: it is adopted as it is. */
const FOLDER = `${LOCK}
set -u
run=$1
umask 077
${ASIDE}
mkdir -p "$run/specs" && chmod 700 "$run" || exit 1
lock
[ ! -e "$run/claim" ] || { cat >/dev/null; exit 0; }
cat >"$aside.new" && mv -f "$aside.new" "$run/run.json" || exit 1
printf '%s' "$2" >"$aside.new" && mv -f "$aside.new" "$run/wrapper.sh" || exit 1
[ -e "$run/log" ] || [ -L "$run/log" ] || touch "$run/log" || exit 1
`;

/**
 * $1 folder, $2 wrapper text, $3 container, $4 token label with its value, $5 image, $6 env file or empty, the
 * rest: arguments of docker from after `run`.
 */
export const START_CONTAINER = `${FOLDER}
name=$3 token=$4 image=$5 secrets=$6
shift 6
export LC_ALL=C # the words of failures are looked at

owned() { docker container inspect --format '{{.State.Status}} {{index .Config.Labels "${FOLDER_LABEL}"}}' "$name" 2>/dev/null; }
case $(owned) in
  '') ;;
  "created $run") docker container rm --force "$name" >/dev/null || exit 1 ;; # left by a start that died
  *" $run") exit 0 ;;
  *) exit ${CONFLICT} ;;
esac

if [ -n "$secrets" ]; then
  case $(stat -L -c %a "$secrets") in [4-7]00) ;; *) exit ${OPEN_SECRETS} ;; esac
fi

# Images that run as root need root (their environment and caches belong to it), and the wrapper gives what it wrote
# to us; any other user could not write into our folder, so such an image runs as ourselves.
user=$(docker image inspect --format '{{.Config.User}}' "$image") || exit 125
case $user in '' | root | 0 | root:* | 0:*) ;; *) set -- --user "$(id -u):$(id -g)" "$@" ;; esac

printf '%s\\n' "$name" >"$aside.new" && mv -f "$aside.new" "$run/container" || exit 1
docker run "$@" 9>&- >/dev/null && exit 0
failed=$?
# A container that could not start keeps its name; one that did start although the answer was lost goes on.
for id in $(docker container ls --all --quiet --no-trunc --filter "label=$token" --filter status=created); do
  docker container rm --force "$id" >/dev/null
done
case $(owned) in *" $run") exit 0 ;; esac
exit "$failed"
`;

/** $1 folder, $2 wrapper text, the rest: NAME=VALUE..., the wrapper's command line. Ends once a wrapper has the run. */
export const START_PROCESS = `${FOLDER}
shift 2
cd "$run" || exit 1
umask 022
setsid env "$@" 9>&- </dev/null >/dev/null 2>&1 &
tries=0
until [ -e "$run/claim" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || exit ${NO_WRAPPER}
  sleep 0.05
done
`;
