/**
 * What is said to the login shell of a host, and what to the sh that it starts. The login shell may be bash, fish or
 * csh, so it gets one constant string that means the same to all of them; the script and its arguments come as the
 * first line on stdin, in base64, and data for the script's commands follow that line.
 */
import { CosmosError } from '../../errors.js';

/** No backslash, no "!", no newline: those are where the quoting of csh and fish differs from sh. */
export const LOGIN_COMMAND = `sh -c 'IFS= read -r line; eval "$(printf %s "$line" | base64 -d)"'`;

export interface ScriptCall {
  readonly script: string;
  readonly args: readonly string[];
  /** A word that nothing else prints: what comes before it on stdout is the noise of the shell's own start files. */
  readonly marker: string;
  /** Whether stdin belongs to the script. If not, its end kills the script's whole process group. */
  readonly hasInput: boolean;
}

/**
 * The first line on stdin, newline included.
 * @throws CosmosError internal for an argument that no process can receive.
 */
export function firstLine(call: ScriptCall): string {
  const parts = [
    preamble(call.marker),
    ...(call.hasInput ? [] : [WATCH]),
    body(call),
    ...(call.hasInput ? [] : [UNWATCH]),
  ];
  return `${Buffer.from(parts.join('\n')).toString('base64')}\n`;
}

/**
 * An sh literal. In single quotes every byte but the quote itself stands for itself.
 * @throws CosmosError internal for a NUL, which ends a C string, and for half a surrogate pair, which is no UTF-8.
 */
export function quote(argument: string): string {
  if (argument.includes('\0') || /\p{Surrogate}/u.test(argument)) {
    const shown = JSON.stringify(argument.slice(0, 100));
    throw new CosmosError('internal', `The argument ${shown} of a remote command holds a NUL or half a character.`);
  }
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** The marker comes with the process group, by which a script is killed (PROCESS_GROUP of /proc/<pid>/stat, proc(5)). */
function preamble(marker: string): string {
  return `group=$$
[ ! -r "/proc/$$/stat" ] || read -r _ _ _ _ group _ <"/proc/$$/stat"
printf '\\n%s %s\\n' ${quote(marker)} "$group"`;
}

/**
 * Ends the script's group when stdin ends: by our wish, or because the connection is gone. Without a terminal sshd
 * tells a command nothing when its channel closes, and a quiet \`tail -F\` would stay for ever. sshd starts every
 * command in a session of its own (setsid), so the group holds nothing else. \`read\` is the shell's own: a \`cat\`
 * would survive its shell, hold stdin and keep the channel open.
 */
const WATCH = `exec 3<&0 </dev/null
{ trap '' TERM; while read -r _ <&3; do :; done; kill -s TERM 0; sleep 1; kill -s KILL 0; } >/dev/null 2>&1 &
watch=$!
exec 3<&-`;

const UNWATCH = `code=$?
kill -s KILL "$watch"
exit "$code"`;

/** In a subshell, so that an exit or exec of the script does not leave the watch behind. */
function body({ script, args }: ScriptCall): string {
  return `(\nset -- ${args.map(quote).join(' ')}\n${script}\n)`;
}

/** Kills the process group $1: asks it to end, and a second later makes it. */
export const KILL_GROUP = `kill -s TERM -- "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5; do
  sleep 0.2
  kill -s 0 -- "-$1" 2>/dev/null || exit 0
done
kill -s KILL -- "-$1" 2>/dev/null
exit 0`;
