import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import type { Handler } from './register.js';

/** Types the command into a terminal; pressing Enter is left to the person, who sees what it is. */
export const daemonInstall: Handler = () => {
  const terminal = window.createTerminal({ name: l10n.t('Set up Cosmos Bridge') });
  terminal.show();
  terminal.sendText('cosmos daemon install', false);
};
