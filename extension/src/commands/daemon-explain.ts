/** Says why there is no connection, with what can be done about it. */
import * as l10n from '@vscode/l10n';
import { tell } from '../shown/messages.js';
import type { Handler } from './register.js';

/** Says why there is no connection, and offers what can be done about it. */
export const daemonExplain: Handler = ({ link: { state } }) => {
  switch (state.kind) {
    case 'away':
      throw state.problem;
    case 'connecting':
      return tell(l10n.t('The daemon is being looked for.'));
    case 'starting':
      return tell(l10n.t('The daemon is being started.'));
    case 'connected': {
      const { version, stateDir } = state.hello;
      return tell(l10n.t('Connected to the daemon {0}, state folder {1}.', version, stateDir));
    }
  }
};
