/** Asks for the token of a daemon on another machine and keeps it in the secret storage. */
import * as l10n from '@vscode/l10n';
import type { SecretStorage } from 'vscode';
import { tokenKey } from '../chosen-daemon.js';
import { Problem } from '../problem.js';
import { daemonSettings } from '../settings.js';
import { input } from '../shown/questions.js';
import type { Handler } from './register.js';

/** Asks for the token of a daemon on another machine. The token is kept in the secret storage only. */
export function daemonSetToken(secrets: Pick<SecretStorage, 'store'>): Handler {
  return async ({ link }) => {
    const { url } = daemonSettings();
    if (url === '') {
      const message = l10n.t('Only a daemon elsewhere needs a token: set its address first.');
      throw new Problem('config_invalid', message, ['settings']);
    }
    const token = await input({
      title: l10n.t('Token of the daemon at {0}', url),
      prompt: l10n.t('It stands in daemon.json of the state folder there.'),
      password: true,
    });
    if (!token) return;
    await secrets.store(tokenKey(url), token.trim());
    link.retry();
  };
}
