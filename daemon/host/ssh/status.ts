/** The state of a run on its host: one script that asks, and what its answer means. */
import * as z from 'zod';
import { CosmosError } from '../../errors.js';
import type { RunStatus } from '../host.js';
import { runChecked } from '../shell/checked.js';
import type { Remote } from '../shell/remote.js';
import { ASIDE, LINE, OURS } from './run-files.js';
import { FOLDER_LABEL, TOKEN_LABEL } from './run-paths.js';
import { LOCK } from './start.js';
import { BORN } from './wrapper.js';

/** Seconds after which a lease that was not renewed is ignored; the wrapper renews it every two seconds. */
const LEASE_SECONDS = 15;

/**
 * `age FILE` prints the seconds since the file was touched, by the clock of its disk: a file server's clock may differ
 * from the program date. It needs ASIDE: the file that it touches to learn the time is there, on the same disk.
 */
export const AGE = `
age() {
  touch "$aside.now" 2>/dev/null
  echo "$(($(stat -c %Y "$aside.now") - $(stat -c %Y "$1" 2>/dev/null || echo 0)))"
}
`;

/**
 * `alive`: whether the wrapper of the claim or anything of its command's group lives, for runs without a container.
 * The kernel gives the id of a group's leader to no other process while the group exists.
 */
export const ALIVE = `${BORN}${LINE}
alive() {
  read -r token boot keeper keeper_born <<END || return 1
$(line "$run/claim")
END
  read -r this_boot </proc/sys/kernel/random/boot_id
  [ "$boot" = "$this_boot" ] || return 1
  [ "$(born "$keeper")" = "$keeper_born" ] && return 0
  group_alive
}
group_alive() {
  read -r leader leader_born <<END || return 1
$(line "$run/command")
END
  now_born=$(born "$leader") && [ "$now_born" != "$leader_born" ] && return 1
  kill -s 0 -- "-$leader" 2>/dev/null || return 1
  for file in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$file" || continue
    set -- \${line##*) }
    [ "$3" = "$leader" ] || continue
    case $1 in [ZX]) ;; *) return 0 ;; esac
  done
  return 1
} 2>/dev/null
`;

/**
 * $1 folder, $2 container. Order matters: the exit is read after the question whether anything lives, because it is
 * written before the wrapper goes; the size of the log after the exit, because nothing is written after it.
 */
const STATUS = `${ALIVE}${AGE}${OURS}
run=$1 name=$2
[ -d "$run" ] || exit 0
umask 077
${ASIDE}
[ ! -e "$run/claim" ] || printf 'claim %s\\n' "$(line "$run/claim")"
if [ -e "$run/container" ]; then
  if found=$(docker container inspect --format '{{json .State}} {{json .Config.Labels}}' "$name" 2>&1); then
    printf 'container %s\\n' "$found"
  else
    case $found in *[Nn]'o such'*) echo 'container none' ;; *) printf 'container unknown %s\\n' "$found" | head -n 1 ;; esac
  fi
elif [ -e "$run/claim" ]; then
  if alive; then echo 'process alive'; else echo 'process gone'; fi
fi
[ ! -e "$run/exit" ] || printf 'exit %s\\n' "$(line "$run/exit")"
[ ! -e "$run/lease" ] || printf 'age %s\\n' "$(age "$run/lease")"
! ours "$run/log" || printf 'log %s\\n' "$(stat -c %s "$run/log")"
`;

const State = z.object({ Status: z.string(), ExitCode: z.int(), OOMKilled: z.boolean() });

type Container =
  | { readonly kind: 'none' }
  /** Docker gave an error; `message` is its text. */
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'known'; readonly state: z.infer<typeof State>; readonly token: string | undefined };

/** Facts of one answer. Undefined = there is no such file. */
export interface RunFacts {
  /** Token of the start whose wrapper has the run. */
  readonly claim: string | undefined;
  readonly container: Container | undefined;
  readonly processAlive: boolean;
  readonly exit: number | undefined;
  /** Seconds since the lease was touched, both times by the clock of the host. */
  readonly leaseAge: number | undefined;
  readonly logBytes: number;
}

/** failedInEntryPoint = the container ended before our wrapper took the run, in the entry point of its image. */
export type JudgedStatus = RunStatus | { readonly state: 'failedInEntryPoint'; readonly exitCode: number };

/** Asks `remote` about the run. @throws CosmosError when the host cannot be asked. */
export async function readFacts(remote: Remote, folder: string, container: string): Promise<RunFacts> {
  return parseFacts((await runChecked(remote, STATUS, [folder, container])).toString(), folder);
}

/** One "key value" a line, as STATUS prints them. */
export function parseFacts(text: string, folder: string): RunFacts {
  const lines = text
    .split('\n')
    .map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)] as const);
  const facts = new Map(lines);
  const container = facts.get('container');
  return {
    claim: facts.get('claim')?.split(' ')[0],
    container: container === undefined ? undefined : parseContainer(container, folder),
    processAlive: facts.get('process') === 'alive',
    exit: exitCode(facts.get('exit')),
    leaseAge: integer(facts.get('age')),
    logBytes: integer(facts.get('log')) ?? 0,
  };
}

/** A container of the same name in which another installation has a run counts as none. */
function parseContainer(text: string, folder: string): Container {
  if (text === 'none') return { kind: 'none' };
  if (text.startsWith('unknown ')) return { kind: 'unknown', message: text.slice('unknown '.length) };
  const cut = text.lastIndexOf('} {') + 1;
  const labels = z.record(z.string(), z.string()).parse(JSON.parse(text.slice(cut)));
  if (labels[FOLDER_LABEL] !== folder) return { kind: 'none' };
  return { kind: 'known', state: State.parse(JSON.parse(text.slice(0, cut))), token: labels[TOKEN_LABEL] };
}

/** Other text was not written by our wrapper; follow.ts uses the same rule for the end of a run. */
function exitCode(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** @throws CosmosError docker_unreachable when only Docker could tell and it does not answer. */
export function judge(facts: RunFacts): JudgedStatus {
  const { claim, container, exit, logBytes } = facts;
  if (exit !== undefined) return { state: 'exited', exitCode: exit, logBytes, ...memory(container) };
  if (container !== undefined) return judgeContainer(facts, container);
  if (claim === undefined) return { state: 'absent' };
  return facts.processAlive ? { state: 'running', logBytes } : { state: 'lost', logBytes };
}

function judgeContainer(facts: RunFacts, container: Container): JudgedStatus {
  const { claim, logBytes } = facts;
  switch (container.kind) {
    case 'none':
      return claim === undefined ? { state: 'absent' } : { state: 'lost', logBytes };
    case 'unknown':
      if ((facts.leaseAge ?? LEASE_SECONDS) < LEASE_SECONDS) return { state: 'running', logBytes };
      throw new CosmosError('docker_unreachable', `Docker does not answer on the host: ${container.message}`);
    case 'known':
      return judgeState(facts, container);
  }
}

function judgeState({ claim, logBytes }: RunFacts, container: Container & { kind: 'known' }): JudgedStatus {
  const { Status, ExitCode } = container.state;
  if (Status === 'created') return { state: 'absent' }; // a start is under way, or it failed
  if (Status !== 'exited' && Status !== 'dead') return { state: 'running', logBytes };
  if (claim === undefined) return { state: 'failedInEntryPoint', exitCode: ExitCode };
  // The wrapper writes the exit code while it can. 128 + n means that signal n ended it; 255 is Docker's code for a container
  // that was gone after a crash of the machine; a container of another start says nothing about this run.
  const killed = ExitCode > 128 && ExitCode < 255 && container.token === claim;
  return killed ? { state: 'exited', exitCode: ExitCode, logBytes, ...memory(container) } : { state: 'lost', logBytes };
}

function memory(container: Container | undefined): { outOfMemory?: boolean } {
  return container?.kind === 'known' && container.state.OOMKilled ? { outOfMemory: true } : {};
}

/** Most bytes kept of an entry point's output. */
const LAST_BYTES = 1_000_000;

/**
 * $1 folder, $2 container, $3 exit code. Only Docker has the entry point's output; it is copied into the run's log, where
 * users look for it. The claim keeps any wrapper from starting the run after its end.
 */
const END_IN_ENTRY_POINT = `${LOCK}
run=$1 name=$2
umask 077
${ASIDE}
lock
[ ! -e "$run/claim" ] || exit 0
docker container logs --tail 500 "$name" >"$aside.log" 2>&1 || exit 1
tail -c ${LAST_BYTES} -- "$aside.log" >"$aside.new" && mv -f "$aside.new" "$run/log" && rm -f "$aside.log" || exit 1
printf 'entry-point - - -\\n' >"$aside.new" && mv -f "$aside.new" "$run/claim" || exit 1
printf '%s\\n' "$3" >"$aside.new" && mv -f "$aside.new" "$run/exit"
`;

/** Makes a container that ended before our wrapper took the run a run that has ended, with the reason in its log. */
export async function recordEntryPointFailure(
  remote: Remote,
  folder: string,
  container: string,
  exitCode: number,
): Promise<void> {
  await runChecked(remote, END_IN_ENTRY_POINT, [folder, container, String(exitCode)]);
}
