/** What people have in the start files of their login shells, and what stands before those shells. */

import type { Login } from './logins.js';
import { seededRandom } from './random.js';

const bash = (text: string): Login => ({ shell: '/bin/bash', files: { '.bashrc': text } });
const zsh = (text: string): Login => ({ shell: '/usr/bin/zsh', files: { '.zshenv': text } });
const fish = (text: string): Login => ({ shell: '/usr/bin/fish', files: { '.config/fish/config.fish': text } });
const tcsh = (text: string): Login => ({ shell: '/usr/bin/tcsh', files: { '.cshrc': text } });
const gateway = (command: string): Login => ({ shell: '/bin/bash', config: [`ForceCommand ${command}`] });

/** All of these have to work. */
export const WORKING: Readonly<Record<string, Login>> = {
  'a trap that says goodbye': bash(`trap 'echo bye; exit 3' EXIT\n`),
  'a trap that says goodbye on stderr': bash(`trap 'echo bye >&2' EXIT; echo hi >&2\n`),
  'a goodbye of zsh': zsh('TRAPEXIT() { echo bye }\nzshexit() { echo exiting; exit 4 }\n'),
  'a goodbye of fish': fish('function bye --on-event fish_exit\necho bye\nend\n'),
  'aliases and noglob of csh': tcsh("echo hi\nalias sh echo no\nalias echo 'echo x'\nset noglob\n"),
  'a question': bash('echo "Which one?"; read answer; read -r again\n'),
  'a question of zsh': zsh('read answer\n'),
  'a question of fish': fish('read answer\n'),
  'a question of csh': tcsh('set answer = $<\n'),
  'a reader of the first line': bash('head -1 >/dev/null\n'),
  'another shell': bash('exec zsh\n'),
  'another shell, in blocks': bash('exec dash\n'),
  'another shell, csh': bash('exec tcsh\n'),
  'the same shell again': bash('[ -n "$AGAIN" ] || AGAIN=1 exec bash -l\n'),
  'a shell below the shell': bash('ssh-agent bash; echo "$SSH_AGENT_PID"\n'),
  'stderr on stdout': bash('exec 2>&1; echo hi\n'),
  'no stderr': bash('exec 2>/dev/null\n'),
  'exported options': bash('set -eux; export SHELLOPTS\n'),
  'no PATH': bash('PATH=; export PATH\n'),
  'exported functions': bash('printf() { :; }; read() { :; }; echo() { :; }; export -f printf read echo\n'),
  'a function for sh': bash('sh() { echo no; }; alias sh=no\n'),
  'strange settings': bash('export LANG=xx_XX.no LC_ALL=C.no IFS=abc; umask 077; ulimit -c 0; cd /; set -f\n'),
  'an ignored end': bash(`trap '' TERM HUP INT PIPE\n`),
  'a terminal that is not there': bash('stty erase ^H; tput cols\n'),
  'a huge greeting': bash(`head -c 3000000 /dev/zero | tr '\\0' x; head -c 300000 /dev/urandom; printf 'a\\0b'\n`),
  'something in the background': bash('sleep 3600 &\n'),
  'a script of ssh': {
    shell: '/bin/bash',
    files: { '.ssh/rc': 'echo from rc; cat\n', '.ssh/environment': 'BASH_ENV=/etc/hostname\nENV=/etc/hostname\n' },
  },
  'a wrapper that says goodbye': gateway('sh -c "$SSH_ORIGINAL_COMMAND"; echo logged; exit 4'),
  'a wrapper that joins the streams': gateway('sh -c "$SSH_ORIGINAL_COMMAND" 2>&1 | tee ~/log'),
  'a wrapper with busybox': gateway('echo hi; exec busybox ash -c "$SSH_ORIGINAL_COMMAND"'),
  'a gateway that drops the command': gateway('bash'),
};

/** None of these can work; each has a sentence. Those that wait have to be waited for. */
export const REFUSED: Readonly<Record<string, readonly [login: Login, sentence: RegExp]>> = {
  'a reader of all there is': [bash('cat >/dev/null\n'), /reads standard input to its end; let it do so in terminals/],
  'a menu': [
    bash('while :; do echo "Select environment [1-3]:"; read answer; case $answer in [123]) break;; esac; done\n'),
    /it said "Select environment \[1-3\]:"\. It seems to wait for an answer/,
  ],
  'a menu that asks without end when stdin ends': [
    bash('n=0; while :; do n=$((n + 1)); echo "Try $n, which one?"; read answer; [ "$answer" = 1 ] && break; done\n'),
    /it said "(Try \d\d?, which one\? ?)+"\. It seems to wait for an answer/,
  ],
  'a menu that ends': [
    bash('select one in a b; do [ -n "$one" ] && break; done; exit\n'),
    /has not come .* said ".*1\) a 2\) b/,
  ],
  'a long sleep': [
    bash('echo "Loading modules ..."; sleep 3600\n'),
    /20 seconds; it said "Loading modules \.\.\."\. A start/,
  ],
  'endless words': [bash('yes\n'), /20 seconds; it said "y"/],
  'another stdout': [bash('exec >~/log\n'), /nothing that it prints arrives.*standard output elsewhere/],
  'another stdin': [bash('exec </dev/null\n'), /nothing that we send arrives.*takes standard input away/],
  'another stdin, and a goodbye': [
    zsh('exec </dev/null\nzshexit() { exit 5 }\n'),
    /nothing that we send arrives.*takes standard input away/,
  ],
  'a gateway that keeps what we send': [
    gateway('sleep 3600 | sh -c "$SSH_ORIGINAL_COMMAND"'),
    /nothing that we send arrives/,
  ],
  'an exit': [bash('echo "No GPUs for you."; exit 3\n'), /exit code 3\); it said "No GPUs for you\."/],
  'an exit without a word': [bash('exit 3\n'), /exit code 3\); it said nothing\. It may be \/bin\/false/],
  'a terminal that has to be there': [bash('set -e; stty erase ^H\n'), /stty: .*wants a terminal/],
  'a program for terminals': [
    bash('exec tmux new\n'),
    /said "open terminal failed: not a terminal"\. Something there wants/,
  ],
  'a program that is not there': [bash('exec no-such-shell\n'), /said "[^"]*no-such-shell: not found"/],
  'a restricted shell': [{ shell: '/usr/bin/rbash' }, /rbash: .*restricted.*chsh/],
  'Git alone': [
    { shell: '/usr/bin/git-shell' },
    /unrecognized command '\(our command\)'"\. This account serves Git only/,
  ],
  nologin: [
    { shell: '/usr/sbin/nologin' },
    /said "This account is currently not available\."\. Give the account a shell/,
  ],
  'no shell': [{ shell: '/bin/false' }, /exit code 1\); it said nothing/],
  'files alone': [gateway('internal-sftp'), /sftp connections only.*may only copy files/],
  'a terminal': [gateway('script -qec "$SSH_ORIGINAL_COMMAND" /dev/null'), /in a terminal, which changes/],
  'a proxy of pods': [
    gateway(`echo "Error: Your SSH client doesn't support PTY"; exit 1`),
    /\(exit code 1\); it said "Error: Your SSH client doesn't support PTY"\. .* direct TCP address/,
  ],
  'a second factor': [
    gateway('echo "To continue, visit: https://login.example/a/1"; sleep 3600'),
    /visit: https:\/\/login.example\/a\/1"\. Do what it asks for/,
  ],
  'an old password': [
    gateway('echo "You are required to change your password immediately." >&2; exit 1'),
    /change the password/,
  ],
  'a shell of Windows': [
    gateway(`echo "'/bin/sh' is not recognized as an internal or external command," >&2; exit 1`),
    /shell of Windows/,
  ],
  'a switch': [
    gateway(`printf '\\033[31m%% Invalid input detected\\033[0m\\r\\nswitch> '; sleep 3600`),
    /said "% Invalid input detected switch>"\. It does not run commands as a POSIX shell/,
  ],
};

/** Lines of start files by the shell that reads them. `blocks` = the sentence that is allowed although ssh itself gets through. */
interface Snippet {
  readonly text: string;
  readonly blocks?: RegExp;
}

const POSIX: readonly Snippet[] = [
  { text: 'echo "Welcome to gpu1"' },
  { text: 'printf "no newline"' },
  { text: `printf '\\033[1;31mred\\033[0m\\n\\0\\377'` },
  { text: 'echo oops >&2' },
  { text: 'head -c 100000 /dev/urandom' },
  { text: 'read answer' },
  { text: 'head -1 >/dev/null' },
  { text: 'cat >/dev/null', blocks: /reads standard input to its end/ },
  { text: 'exec </dev/null', blocks: /takes standard input away/ },
  { text: 'exec 2>&1' },
  { text: 'exec 2>/dev/null' },
  { text: 'exec 3>&1 4>&2' },
  { text: 'set -e' },
  { text: 'set -u' },
  { text: 'set -x' },
  { text: 'set -f' },
  { text: 'umask 077' },
  { text: 'cd /' },
  { text: 'PATH=/nowhere; export PATH' },
  { text: 'export LANG=zh_TW.BIG5 LC_ALL=xx_XX.no' },
  { text: 'export IFS=/' },
  { text: 'alias sh=false read=false; sh() { echo no; }; printf_() { :; }' },
  { text: 'stty erase ^H || true' },
  { text: 'case $- in *i*) ;; *) return ;; esac' },
  { text: '[ -n "$AGAIN" ] || AGAIN=1 exec bash -l' },
  { text: 'ssh-agent bash' },
  { text: 'ulimit -c 0' },
  { text: `trap '' TERM HUP` },
];

const SNIPPETS: Readonly<Record<'bash' | 'zsh' | 'fish' | 'tcsh', readonly Snippet[]>> = {
  bash: [
    ...POSIX,
    { text: `trap 'echo bye; exit 3' EXIT` },
    { text: `trap 'echo bye >&2; read x' EXIT` },
    { text: 'set -o noclobber; export SHELLOPTS' },
    { text: 'read() { :; }; echo() { :; }; export -f read echo' },
  ],
  zsh: [...POSIX, { text: 'TRAPEXIT() { echo bye }' }, { text: 'zshexit() { echo bye; exit 5 }' }],
  fish: [
    { text: 'echo hi' },
    { text: 'read answer' },
    { text: 'cat >/dev/null', blocks: /reads standard input to its end/ },
    { text: 'function bye --on-event fish_exit; echo bye; end' },
    { text: 'function sh; echo no; end' },
    { text: 'alias echo "echo x"' },
    { text: 'set -x PATH /nowhere' },
    { text: 'cd /' },
    { text: 'status is-interactive; or true' },
  ],
  tcsh: [
    { text: 'echo hi' },
    { text: 'set answer = $<' },
    { text: 'cat >/dev/null', blocks: /reads standard input to its end/ },
    { text: 'alias sh echo no' },
    { text: 'alias echo "echo x"' },
    { text: 'set noglob' },
    { text: 'set path = (/nowhere)' },
    { text: 'cd /' },
    { text: 'umask 077' },
    { text: 'set histchars = ""' },
  ],
};

const LOGINS = { bash, zsh, fish, tcsh };
const SHELLS = ['bash', 'bash', 'zsh', 'fish', 'tcsh'] as const;
const GATEWAYS = [
  'sh -c "$SSH_ORIGINAL_COMMAND"; echo logged',
  'sh -c "$SSH_ORIGINAL_COMMAND" 2>&1',
  'bash -lc "$SSH_ORIGINAL_COMMAND"; exit 4',
  'read first; eval "$SSH_ORIGINAL_COMMAND"',
];

export interface Mix {
  readonly login: Login;
  readonly blocks: readonly RegExp[];
}

/** `count` accounts with up to four of the lines above in their start files, one in six behind a gateway. */
export function mixes(seed: number, count: number): Mix[] {
  const random = seededRandom(seed);
  const oneOf = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T; // no list is empty
  return Array.from({ length: count }, () => {
    const shell = oneOf(SHELLS);
    const lines = Array.from({ length: 1 + Math.floor(random() * 4) }, () => oneOf(SNIPPETS[shell]));
    const login = LOGINS[shell](lines.map(({ text }) => `${text}\n`).join(''));
    const config = random() < 1 / 6 ? [`ForceCommand ${oneOf(GATEWAYS)}`] : [];
    return { login: { ...login, config }, blocks: lines.flatMap(({ blocks }) => blocks ?? []) };
  });
}
