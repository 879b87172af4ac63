import * as l10n from '@vscode/l10n';
import { tell } from '../shown/messages.js';
import { progress } from '../shown/progress.js';
import type { Handler } from './register.js';

/** Ends in a sentence: that it runs, or why it does not. */
export const daemonStart: Handler = async ({ link }) => {
  const { version } = await progress(l10n.t('Starting the daemon...'), () => link.start());
  void tell(l10n.t('The daemon runs (version {0}).', version));
};
