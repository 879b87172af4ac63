import type { Handler } from './register.js';

export const daemonStart: Handler = ({ link }) => link.retry({ start: true });
