import type { Handler } from './register.js';

export const daemonRetry: Handler = ({ link }) => link.retry();
