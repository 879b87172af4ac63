/** The daemon's own log: one JSON line a record, into a file, never with secrets. */
import pino from 'pino';
import { withoutSecrets, withoutSecretsIn } from './secrets.js';

export type Logger = pino.Logger;

/** Most characters kept in memory while the disk is full; later lines are lost. */
const WAITING = 2 ** 20;

export function createLogger(file: string, level: string): Logger {
  const destination = pino.destination({ dest: file, mkdir: true, sync: true, maxLength: WAITING });
  destination.on('error', () => {}); // without a listener, a line that cannot be written would end the daemon
  return pino({ level, base: null, hooks: { streamWrite: cleanLine } }, destination);
}

/** Removes secrets from every line: messages, stacks and causes of errors, and all other fields. */
function cleanLine(line: string): string {
  try {
    return `${JSON.stringify(withoutSecretsIn(JSON.parse(line)))}\n`;
  } catch {
    return withoutSecrets(line); // a record that is no JSON
  }
}

export const silentLogger: Logger = pino({ level: 'silent' });
