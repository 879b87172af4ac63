/** A login that ran another program than our command: the host's own output, and what to do about it. */
import { CosmosError } from '../../errors.js';
import { START_MS, type Unreached } from './execution.js';
import { lastLines } from './last-lines.js';
import type { SshTarget } from './target.js';

type Remedy = (target: SshTarget) => string;

const START_FILE = 'a start file of the login shell (such as ~/.bashrc)';
const ONLY_IN_TERMINALS = 'let it do so in terminals only: [ -t 0 ] || return';

const anotherShell: Remedy = ({ user }) =>
  `Give the account a shell that runs commands (sudo chsh -s /bin/bash ${user}), or log in as another user.`;

/**
 * What programs print when they refuse, by program: the first entry that matches the host's output is the reason. Lines of
 * shadow's nologin, Git, OpenSSH, PAM, sudo, tmux, screen, bash, cmd.exe, PowerShell, and of proxies for pods.
 */
const KNOWN: readonly (readonly [words: RegExp, remedy: Remedy])[] = [
  [
    /support.{0,20}\bPTY|\bPTY.{0,20}(required|needed)|requires? (a )?(pty|pseudo.?terminal)/i,
    () =>
      "This way in is for terminals only, like the proxied SSH of a pod; use the pod's direct TCP address and port instead.",
  ],
  [/account is (currently )?not available|\bnologin\b/i, anotherShell],
  [
    /git[ -]shell|fatal: unrecognized command|does not (provide|allow) shell access|only .{0,20}\bgit\b/i,
    () => 'This account serves Git only; log in as another user.',
  ],
  [
    /\bsftp (connections? )?only\b|only .{0,20}\bsftp\b/i,
    () =>
      'This account may only copy files; log in as one that may run commands (see ForceCommand in its sshd_config).',
  ],
  [
    /password.{0,20}(has expired|expired|change required)|(required to|must|need to) change (your|the) password/i,
    ({ name }) => `Log in by hand (ssh ${name}) and change the password.`,
  ],
  [
    /account (has |is )?(been )?(expired|locked|disabled|suspended)/i,
    () => "Ask the host's administrator to open the account again.",
  ],
  [
    /is not recognized as |CommandNotFoundException|FullyQualifiedErrorId|cannot find the path specified|Microsoft (Windows|Corporation)/i,
    () =>
      'This is a shell of Windows, and runs need Linux: log in to a Linux machine (WSL counts) whose login shell is a POSIX shell.',
  ],
  [/: restricted\b|restricted shell|\b(rbash|lshell|rssh)\b/i, anotherShell],
  [/\/bin\/sh\b.{0,40}(not found|no such file|unknown command)/i, () => 'It has no /bin/sh, which every run needs.'],
  [
    /not a (tty|terminal)|(must be|be) (run from|connected to) a terminal|terminal is required|no tty present|open terminal failed|inappropriate ioctl/i,
    () => `Something there wants a terminal, most likely ${START_FILE}; ${ONLY_IN_TERMINALS}.`,
  ],
  [
    /invalid (input|command)|unknown command|unrecognized command|command not (allowed|permitted)|not allowed to run|(command|access) (rejected|denied)/i,
    () =>
      'It does not run commands as a POSIX shell does; a network device, or a command= in authorized_keys or a ForceCommand that lets only some pass, answers so.',
  ],
  [
    /(visit|authenticat|verif|approv|log ?in|sign ?in|2fa|mfa|open).{0,200}https?:\/\//i,
    () => 'Do what it asks for at that address, then try again.',
  ],
];

/** The login shell ran, and our script did not start. @throws nothing: the error is the result. */
export function shellFailure(target: SshTarget, unreached: Unreached): CosmosError {
  const { exitCode, obstacle, stdout, stderr } = unreached;
  const said = [lastLines(stdout), lastLines(stderr)].filter(Boolean).join(' ');
  const words = said === '' ? 'it said nothing' : `it said "${said}"`;
  const subject = `The login shell of ${target.user} on ${target.name}`;
  const message = `${subject} ${event(unreached)}; ${words}. ${remedy(target, unreached, said)}`;
  return new CosmosError('host_shell_failed', message, {
    host: target.name,
    exitCode,
    said,
    obstacle: obstacle ?? null,
  });
}

function event({ exitCode, obstacle }: Unreached): string {
  switch (obstacle) {
    case 'silence':
    case 'reader':
      return `has not come to our command in ${START_MS / 1000} seconds`;
    case 'stdout':
      return 'ran our command, but nothing that it prints arrives';
    case 'stdin':
      return 'ran our command, but nothing that we send arrives';
    case 'terminal':
      return 'runs our command in a terminal, which changes what passes through it';
    case undefined:
      return `did not run our command (exit code ${exitCode ?? 'unknown'})`;
  }
}

function remedy(target: SshTarget, { obstacle, exitCode }: Unreached, said: string): string {
  const known = KNOWN.find(([words]) => words.test(said))?.[1](target);
  const byHand = `see what this does: ssh ${target.name} "echo ready"`;
  switch (obstacle) {
    case 'reader':
      return `${capital(START_FILE)} reads standard input to its end; ${ONLY_IN_TERMINALS}.`;
    case 'stdout':
      return `${capital(START_FILE)} sends standard output elsewhere (exec >...); ${ONLY_IN_TERMINALS}.`;
    case 'stdin':
      return `${capital(START_FILE)} takes standard input away (exec <...); ${ONLY_IN_TERMINALS}.`;
    case 'terminal':
      return 'A wrapper that forces one (script, docker exec -t, tmux) has to leave it out for commands.';
    case 'silence':
      if (known !== undefined) return known;
      if (/[?:>)\]]$/.test(said))
        return `It seems to wait for an answer; let ${START_FILE} ask in terminals only: [ -t 0 ] || return.`;
      return `${capital(START_FILE)} waits for something or starts another program; ${byHand}.`;
    case undefined:
      if (known !== undefined) return known;
      if (said === '' && exitCode !== null) return `It may be /bin/false, or ${START_FILE} ends it; ${byHand}.`;
      return `${capital(START_FILE)} or a gateway answers in its place; ${byHand}.`;
  }
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
