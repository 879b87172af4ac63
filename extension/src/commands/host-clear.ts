/** Obstacles that only the user can remove: a host key to trust, or a private key to unlock. */
import * as l10n from '@vscode/l10n';
import type { HostTrouble } from '../../../schemas/index.js';
import type { HostCheck } from '../../../schemas/received.js';
import type { Link } from '../link.js';
import { Problem } from '../problem.js';
import { askText, confirm } from './ask.js';

type Trouble = Pick<HostTrouble, 'data'> & Pick<HostCheck, 'code'>;

const CLEARABLE: readonly Trouble['code'][] = ['host_key_unknown', 'host_key_changed', 'identity_locked'];

export function canClear({ code }: Trouble): boolean {
  return CLEARABLE.includes(code);
}

/**
 * @throws GivenUp, or Problem if the daemon cannot do it: the host now shows another key, or the passphrase is wrong.
 */
export async function clearTrouble(link: Link, { code, data }: Trouble): Promise<void> {
  switch (code) {
    case 'host_key_unknown':
    case 'host_key_changed': {
      const [host, fingerprint] = [text(data.host), text(data.fingerprint)];
      await confirmKey(code, host, fingerprint);
      await link.call('host.trust', { host, fingerprint });
      break;
    }
    case 'identity_locked': {
      const file = text(data.file);
      const title = l10n.t('Passphrase of {0}', file);
      const passphrase = await askText({
        title,
        prompt: l10n.t('The daemon keeps it in its memory only.'),
        password: true,
      });
      await link.call('host.unlock', { file, passphrase });
      break;
    }
    default:
      throw new Problem('wrong_state', l10n.t('This host has no key that waits for you.'));
  }
}

async function confirmKey(
  code: 'host_key_unknown' | 'host_key_changed',
  host: string,
  fingerprint: string,
): Promise<void> {
  if (code === 'host_key_unknown') {
    const details = [fingerprint, '', l10n.t('Compare it with what the owner of the host says.')];
    return confirm(l10n.t('Is this the key of {0}?', host), details, l10n.t('Trust'));
  }
  const why = l10n.t(
    'Either the host was installed anew, or another machine answers at its address. Trust it only if its owner says that the key has changed.',
  );
  await confirm(l10n.t('The key of {0} has changed.', host), [fingerprint, '', why], l10n.t('Trust the New Key'));
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Problem('internal', l10n.t('The daemon did not say which key it is about; probe the host.'));
}
