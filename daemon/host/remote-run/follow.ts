/** A growing file of a run, live: one remote follower that ends by itself when the run has ended. */
import { CosmosError } from '../../errors.js';
import type { RunStatus } from '../host.js';
import type { Remote } from '../remote.js';
import { runChecked } from './checked.js';
import { AGE, ALIVE } from './status.js';

/** Followers in a row that gave nothing although there is more: something is wrong that trying again does not cure. */
const FRUITLESS = 5;

/**
 * $1 folder, $2 container, $3 file, $4 first byte (from 1). tail ends after the watcher, and reads once more before it
 * does. The container is only asked about while nobody renews the lease: asking costs a process of Docker's.
 */
const FOLLOW = `${ALIVE}${AGE}
run=$1 name=$2 file=$3 from=$4

ended() {
  [ ! -e "$run/exit" ] && [ -d "$run" ] || return 0
  [ "$(age "$run/lease")" -gt 15 ] || return 1
  if [ -e "$run/container" ]; then
    case $(docker container inspect --format '{{.State.Running}}' "$name" 2>&1) in
      false | *[Nn]'o such'*) return 0 ;;
      *) return 1 ;; # it runs, or Docker does not answer
    esac
  elif [ -e "$run/claim" ]; then
    ! alive
  fi
}
watch() {
  round=0
  until [ -e "$run/exit" ] || [ ! -d "$run" ] || ! kill -0 "$$" 2>/dev/null; do
    round=$((round + 1))
    [ "$((round % 25))" != 0 ] || ! ended || break
    sleep 0.2
  done
}

watch </dev/null >/dev/null 2>&1 &
watcher=$! tail=
trap 'kill "$watcher" $tail 2>/dev/null; exit 143' TERM INT HUP
until [ -e "$file" ]; do
  kill -0 "$watcher" 2>/dev/null || exit 0
  sleep 0.2
done
tail --bytes="+$from" --follow --sleep-interval=0.2 --pid="$watcher" -- "$file" &
tail=$!
wait "$tail"
kill "$watcher" 2>/dev/null
exit 0
`;

const SIZE = `stat -c %s -- "$1" 2>/dev/null || echo 0`;

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
    if (state !== 'running' && (await sizeOf(remote, run.file)) <= at) return;
    const before = at;
    for await (const bytes of follower(remote, run, at, signal)) {
      at += bytes.length;
      yield bytes;
      signal.throwIfAborted();
    }
    fruitless = at > before ? 0 : fruitless + 1;
    if (fruitless < FRUITLESS) continue;
    throw new CosmosError('host_step_failed', `${run.file} on the host could not be followed: tail ends at once.`);
  }
}

async function* follower(
  remote: Remote,
  run: FollowedRun,
  at: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const own = new AbortController();
  const both = AbortSignal.any([signal, own.signal]);
  const args = [run.folder, run.container, run.file, String(at + 1)];
  const { stdout, done } = remote.stream(FOLLOW, args, { signal: both });
  try {
    yield* stdout;
    await done;
    signal.throwIfAborted();
  } finally {
    own.abort();
  }
}

async function sizeOf(remote: Remote, file: string): Promise<number> {
  return Number((await runChecked(remote, SIZE, [file])).toString());
}
