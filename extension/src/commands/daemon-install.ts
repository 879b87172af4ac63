import * as l10n from '@vscode/l10n';
import { terminal } from '../shown/places.js';
import type { Handler } from './register.js';

/** Types the command into a terminal; pressing Enter is left to the person, who sees what it is. */
export const daemonInstall: Handler = () => {
  const opened = terminal(l10n.t('Set up Cosmos Bridge'));
  opened.show();
  opened.sendText('cosmos daemon install', false);
};
