/** Starts the daemon, and says whether it runs. */
import * as l10n from '@vscode/l10n';
import { progress } from '../shown/progress.js';
import type { Handler } from './register.js';
import { tellReady } from './watch-offer.js';

/** Starts the daemon, and reports that it runs or why it does not. */
export const daemonStart: Handler = async (bridge) => {
  const { version } = await progress(l10n.t('Starting the daemon...'), () => bridge.link.start());
  void tellReady(l10n.t('The daemon runs (version {0}).', version), bridge);
};
