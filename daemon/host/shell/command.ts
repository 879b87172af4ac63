/**
 * What we send to the login shell of a host, and to the sh that it starts. The login shell may be bash, fish or
 * csh, so it gets one constant string that means the same to all of them. The sh reports that it runs; the script and
 * its arguments follow as one line on stdin, and data for the script's commands follow that line.
 */
import { CosmosError } from '../../errors.js';

/**
 * The words by which the sh reports that it runs; all output before them is from the login shell and its start files. A
 * terminal or a trace that echoes LOGIN_COMMAND does not print them, because the command holds them in two pieces.
 */
export const READY = 'cosmos-ready';
/** The same on stderr, sent first: if it arrives on stdout, the host has joined the two streams. */
export const HEARD = 'cosmos-heard';
/** Exit code of a sh whose stdin has ended before a script came. */
export const NO_SCRIPT = 97;

/**
 * No backslash, no "!", no newline: those are where the quoting of csh and fish differs from sh. By its path, because
 * an alias, a function or an empty PATH from a start file cannot change it. It undoes what a start file may have
 * changed: shell options, functions (bash exports both), PATH, the working folder. READY is followed by the process
 * group, by which a script is killed (PROCESS_GROUP of /proc/<pid>/stat, proc(5)). Lines without the "@" of firstLine
 * were sent by UNBIDDEN.
 */
export const LOGIN_COMMAND = `/bin/sh -c '${[
  'set +efuvx',
  'unset -f cd echo printf read',
  `PATH=\${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin`,
  'export PATH',
  'cd 2>/dev/null || cd /',
  'g=$$',
  'if [ -r /proc/$$/stat ]; then read -r _ _ _ _ g _ </proc/$$/stat; fi',
  `echo "${inTwo(HEARD)} $g" >&2`,
  `echo "${inTwo(READY)} $g"`,
  `while IFS= read -r line; do case $line in @*) eval "$(printf %b "\${line#@}")";; esac; done`,
  `exit ${NO_SCRIPT}`,
].join('; ')}'`;

/**
 * Sent before the sh runs. A start file that asks a question gets the Enter key. If a start file or a gateway has
 * replaced the login shell (exec zsh, ssh-agent bash, docker exec -i), the new shell reads commands and gets ours.
 */
export const UNBIDDEN = `${'\n'.repeat(8)}exec ${LOGIN_COMMAND}\n`;

export interface ScriptCall {
  readonly script: string;
  readonly args: readonly string[];
  /** A random word printed right before and right after the output of the script. */
  readonly edge: string;
  /** Whether stdin belongs to the script. If not, its end kills the script's whole process group. */
  readonly hasInput: boolean;
  /** Whether the host has joined stderr with stdout: then stderr is thrown away, to keep the output exact. */
  readonly isJoined: boolean;
}

/**
 * The line that carries the script, newline included.
 * @throws CosmosError internal for an argument that no process can receive.
 */
export function firstLine(call: ScriptCall): string {
  const parts = [
    ...(call.isJoined ? ['exec 2>/dev/null'] : []),
    mark(call.edge, '0'),
    ...(call.hasInput ? [] : [WATCH]),
    body(call),
    'code=$?',
    ...(call.hasInput ? [] : ['kill -s KILL "$watch"']),
    mark(call.edge, '$code'),
    // Else a shell that reads commands would run the rest of our data.
    ...(call.hasInput ? ['cat >/dev/null'] : []),
    'exit "$code"',
  ];
  return `@${encode(parts.join('\n'))}\n`;
}

/** Stands before and after the output: a byte that text never has, the word and a blank; then a number and a newline. */
export function edgeMark(edge: string): string {
  return `\x1e${edge} `;
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

function inTwo(word: string): string {
  const half = word.length / 2;
  return `${word.slice(0, half)}""${word.slice(half)}`;
}

/** For "%b" of printf (POSIX), which every sh has built in: one line of ASCII. */
function encode(script: string): string {
  return Buffer.from(script)
    .toString('latin1')
    .replace(/[^ -~]|\\/g, (byte) => {
      if (byte === '\\') return '\\\\';
      return byte === '\n' ? '\\n' : `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
    });
}

/**
 * Ends the script's group when stdin ends: because we closed it, or the connection is lost. Without a terminal, sshd
 * does not signal a command when its channel closes, and a quiet \`tail -F\` would run for ever. sshd starts every
 * command in a session of its own (setsid), so the group holds nothing else. \`read\` is the shell's own: a \`cat\`
 * would survive its shell, hold stdin and keep the channel open.
 */
const WATCH = `exec 3<&0 </dev/null
{ trap '' TERM; while read -r _ <&3; do :; done; kill -s TERM 0; sleep 1; kill -s KILL 0; } >/dev/null 2>&1 &
watch=$!
exec 3<&-`;

/** In a subshell, so that an exit or exec of the script does not leave the watch behind. */
function body({ script, args }: ScriptCall): string {
  return `(\nset -- ${args.map(quote).join(' ')}\n${script}\n)`;
}

/** Written to stdout first: if the streams are joined, all that follows is not output. */
function mark(edge: string, value: '0' | '$code'): string {
  const print = `printf '\\036%s %s\\n' ${quote(edge)} "${value}"`;
  return `${print}; ${print} >&2`;
}

/** Ends the process group $1: SIGTERM, and SIGKILL a second later. */
export const KILL_GROUP = `kill -s TERM -- "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5; do
  sleep 0.2
  kill -s 0 -- "-$1" 2>/dev/null || exit 0
done
kill -s KILL -- "-$1" 2>/dev/null
exit 0`;
