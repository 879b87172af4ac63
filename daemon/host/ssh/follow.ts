/** A growing file of a run, live: one remote follower that ends by itself when the run has ended. */
import { CosmosError } from '../../errors.js';
import type { RunStatus } from '../host.js';
import { runChecked } from '../shell/checked.js';
import type { Remote } from '../shell/remote.js';
import { ASIDE, OURS } from './run-files.js';
import { AGE, ALIVE } from './status.js';

/** Followers in a row that may bring no bytes although the file has more; then trying again does not help. */
const FRUITLESS = 5;

/**
 * $1 folder, $2 container, $3 file, $4 first byte (from 1). Ends when the run has ended; what tail has not printed by
 * then is read separately. The container is inspected only while the lease is not renewed, because that costs a process of
 * Docker's.
 */
const FOLLOW = `${ALIVE}${AGE}${OURS}
run=$1 name=$2 file=$3 from=$4 round=0
umask 077
${ASIDE}

gone() {
  age=$(age "$run/lease")
  [ "$age" -gt 15 ] || [ "$age" -lt -15 ] || return 1 # one of the future says nothing
  if [ -e "$run/container" ]; then
    case $(docker container inspect --format '{{.State.Running}}' "$name" 2>&1) in
      false | *[Nn]'o such'*) return 0 ;;
      *) return 1 ;; # it runs, or Docker does not answer
    esac
  elif [ -e "$run/claim" ]; then
    ! alive
  fi
}
over() {
  [ -d "$run" ] || return 0
  [ ! -e "$run/exit" ] || case $(line "$run/exit") in [0-9] | [0-9][0-9] | [0-9][0-9][0-9]) return 0 ;; esac
  round=$((round + 1))
  [ "$((round % 25))" = 0 ] && gone
}

until ours "$file"; do
  ! over || exit 0
  sleep 0.2
done
# KILL, because any other signal can be lost between fork and exec, and a tail that stays keeps the channel open.
trap 'kill -s KILL "$tail" 2>/dev/null; exit 143' TERM INT HUP
tail -c "+$from" -f -- "$file" &
tail=$!
until over || ! kill -0 "$tail" 2>/dev/null; do sleep 0.2; done
kill -s KILL "$tail" 2>/dev/null
exit 0
`;

/** $1 folder, $2 file, $3 first byte (from 1): what an ended run has left in it. */
const REST = `${OURS}
run=$1
! ours "$2" || tail -c "+$3" -- "$2"`;

/** $1 folder, $2 file; 0 where it is no file of the run's own. */
const SIZE = `${OURS}
run=$1
if ours "$2"; then stat -c %s -- "$2" || echo 0; else echo 0; fi`;

export interface FollowedRun {
  readonly folder: string;
  readonly container: string;
  /** Absolute path of the file on the host. */
  readonly file: string;
  readonly inspect: () => Promise<RunStatus>;
}

/**
 * The bytes of the file from `from` (0 = all), each once and in order. What a follower leaves out, because it died or
 * the run ended at that moment, the next one continues at the byte where it stopped.
 * @throws the signal's reason when aborted; CosmosError when the host cannot be asked any more.
 */
export async function* followFile(
  remote: Remote,
  run: FollowedRun,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let at = from, fruitless = 0; ; ) {
    const { state } = await run.inspect(); // before the size: a run that has ended writes no more
    const isOver = state !== 'running';
    if (isOver && (await sizeOf(remote, run)) <= at) return;
    const before = at;
    const first = String(at + 1);
    const script = isOver ? [REST, run.folder, run.file, first] : [FOLLOW, run.folder, run.container, run.file, first];
    for await (const bytes of live(remote, script, signal)) {
      at += bytes.length;
      yield bytes;
      signal.throwIfAborted();
    }
    fruitless = at > before ? 0 : fruitless + 1;
    if (fruitless < FRUITLESS) continue;
    throw new CosmosError('host_step_failed', `${run.file} on the host could not be followed: tail ends at once.`);
  }
}

async function* live(
  remote: Remote,
  [script = '', ...args]: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const left = new AbortController();
  const { stdout, done } = remote.stream(script, args, { signal: AbortSignal.any([signal, left.signal]) });
  done.catch(() => {}); // stdout throws the same error; without a handler here it would end the process
  try {
    yield* stdout;
    await done;
    signal.throwIfAborted();
  } finally {
    left.abort(); // the caller stopped reading
  }
}

async function sizeOf(remote: Remote, { folder, file }: FollowedRun): Promise<number> {
  return Number((await runChecked(remote, SIZE, [folder, file])).toString());
}
