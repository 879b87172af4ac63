/** Tries to connect to the daemon now. */
import type { Handler } from './register.js';

export const daemonRetry: Handler = ({ link }) => link.retry();
