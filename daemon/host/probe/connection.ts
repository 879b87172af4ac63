/** Findings about the connection to the host. */
import type { HostCheck, HostCheckName } from '../../../schemas/index.js';
import type { CosmosError } from '../../errors.js';
import type { SshTarget } from '../shell/target.js';
import { errorFound, fine, problem, skipped } from './catalogue.js';

/** In the order in which a connection comes to them. */
const STEPS = ['reachable', 'host key', 'login', 'shell'] as const satisfies readonly HostCheckName[];
type Step = (typeof STEPS)[number];

const GOOD: Readonly<Record<Step, (target: SshTarget) => string>> = {
  reachable: ({ host, port, jumps }) => {
    const way = jumps.length === 0 ? '' : ` through ${jumps.map(({ name }) => name).join(', ')}`;
    return `${host}, port ${port} answers${way}.`;
  },
  'host key': () => 'The host showed the key that is known.',
  login: ({ user }) => `Logged in as ${user}.`,
  shell: () => 'The login shell runs our commands.',
};

/** Where ssh may connect in another way than we do. Reported first, because it may explain the other findings. */
export function unfollowedFindings({ remarks }: SshTarget): HostCheck[] {
  return remarks.map((remark) => problem({ check: 'reachable' }, 'ssh_config_differs', { remark }));
}

/** Findings of a connection that was opened. */
export function connected(target: SshTarget): HostCheck[] {
  return (['reachable', 'host key', 'login'] as const).map((check) => fine({ check }, GOOD[check](target)));
}

/** Findings when it failed: the steps before the failure are good, the later ones were not checked. */
export function notConnected(error: CosmosError, ssh: string, target: SshTarget | undefined): HostCheck[] {
  const failed = STEPS.indexOf(stepOf(error));
  return STEPS.map((check, at) => {
    if (at === failed) return errorFound({ check }, error, ssh);
    if (at > failed || target === undefined) return skipped({ check }, 'Not looked at.');
    return fine({ check }, GOOD[check](target));
  });
}

function stepOf({ code }: CosmosError): Step {
  switch (code) {
    case 'host_key_unknown':
    case 'host_key_changed':
    case 'host_key_revoked':
      return 'host key';
    case 'host_auth_failed':
    case 'host_asks':
    case 'identity_locked':
      return 'login';
    case 'host_shell_failed':
    case 'host_channel_limit':
      return 'shell';
    default:
      return 'reachable';
  }
}
