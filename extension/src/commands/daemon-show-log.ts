/** Shows the extension's log. */
import type { Handler } from './register.js';

export const daemonShowLog: Handler = ({ log }) => log.show();
