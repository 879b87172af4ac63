/** What to do about the errors that a probe meets, when it connects (host/shell/connection-failures.ts) and when it asks. */
import type { HostProblem } from '../../../../schemas/index.js';
import { sshArguments } from '../../shell/config/destination.js';
import type { LoginRefusal } from '../../shell/keys/login-refusal.js';
import { shellWord } from '../shell-word.js';
import type { Facts } from './problem.js';

/** By the kind of a refused login. `ssh` = the target, quoted for a shell. */
const LOGIN_REMEDIES: Readonly<Record<LoginRefusal, (ssh: string) => string>> = {
  keys: (ssh) => `Put your public key there: ssh-copy-id ${ssh}`,
  no_key: (ssh) => `Make this work: ssh ${ssh}; ssh-keygen makes a key, ssh-add loads one.`,
  certificate: (ssh) => `Make this work: ssh ${ssh}; ssh-keygen -L -f FILE shows what a certificate says.`,
  signature: () =>
    'Unlock the agent (ssh-add -X), or confirm and touch the key when it asks; then test the host again.',
  method: (ssh) => `Ask the owner of the host to let you in by a key: ssh ${ssh}`,
  too_many: () => 'Name the key with IdentityFile, and IdentitiesOnly yes, for this host in ~/.ssh/config.',
  answers: (ssh) => `Make this work: ssh ${ssh}; then log in again.`,
};

export const ERROR_REMEDIES = {
  config_invalid: () => 'Correct ~/.ssh/config, or the entry of this host in cosmos.toml.',
  host_name_unknown: ({ ssh }) =>
    `Make this work: ssh ${login(ssh)}; a short name needs a Host section in ~/.ssh/config.`,
  host_refused: () => 'Start sshd on the host (sudo systemctl start ssh), or name its port: user@host:port.',
  host_timeout: () => 'Start the host, connect the VPN, or open its SSH port in the firewall.',
  host_unreachable: ({ ssh, through }) => `Make this work: ssh ${login(through ?? ssh)}; then test the host again.`,
  host_handshake_failed: () => 'Name the port of sshd (user@host:port), or update the OpenSSH server there.',
  host_connection_lost: () => 'Look whether the host is up and the network holds, then test it again.',
  host_channel_limit: () => 'Set MaxSessions to 10 or more in /etc/ssh/sshd_config on the host and reload sshd.',
  host_key_unknown: ({ trust }) => `When the fingerprint is the right one: ${trust}`,
  host_key_changed: ({ trust }) => `Only when you know why it changed: ${trust}`,
  host_key_revoked: () => 'Ask the owner of the host to give it a new key; a revoked one is never accepted.',
  host_auth_failed: ({ ssh, why }) => LOGIN_REMEDIES[isRefusal(why) ? why : 'keys'](login(ssh)),
  host_asks: ({ login: command }) => `In a terminal: ${String(command)}`,
  identity_locked: ({ file }) => `Load the key into your agent: ssh-add ${word(file)}`,
  host_shell_failed: ({ ssh }) => `This has to print "ready": ssh ${login(ssh)} "/bin/sh -c 'echo ready'"`,
  gpu_query_failed: () =>
    'Make nvidia-smi work on the host: install or update the NVIDIA driver there, then restart the host.',
  check_failed: () => 'Test the host again; if it stays, the log of the daemon says more.',
} as const satisfies Partial<Record<HostProblem, (facts: Facts) => string>>;

export type ErrorProblem = keyof typeof ERROR_REMEDIES;

export function isErrorProblem(code: string): code is ErrorProblem {
  return Object.hasOwn(ERROR_REMEDIES, code);
}

function isRefusal(why: Facts[string] | undefined): why is LoginRefusal {
  return typeof why === 'string' && Object.hasOwn(LOGIN_REMEDIES, why);
}

/** The host as these programs take it: with the port as an option, and never as a URI. */
function login(ssh: Facts[string] | undefined): string {
  const typed = typeof ssh === 'string' ? ssh : '';
  try {
    return sshArguments(typed).map(shellWord).join(' ');
  } catch {
    return shellWord(typed); // the text names no host; the error itself says so
  }
}

function word(value: Facts[string] | undefined): string {
  return shellWord(typeof value === 'string' ? value : '');
}
