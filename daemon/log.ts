/** The daemon's own log: one JSON line a record, into a file, never with secrets. */
import pino from 'pino';
import { withoutSecrets, withoutSecretsIn } from './secrets.js';

export type Logger = pino.Logger;

/** Characters that wait for room on a full disk; what comes then is lost. */
const WAITING = 2 ** 20;

export function createLogger(file: string, level: string): Logger {
  const destination = pino.destination({ dest: file, mkdir: true, sync: true, maxLength: WAITING });
  destination.on('error', () => {}); // a line that cannot be written must not end the daemon, which nobody would listen to
  return pino({ level, base: null, hooks: { streamWrite: cleanLine } }, destination);
}

/** Every line passes here: messages, the stacks and causes of errors, and whatever else a record carries. */
function cleanLine(line: string): string {
  try {
    return `${JSON.stringify(withoutSecretsIn(JSON.parse(line)))}\n`;
  } catch {
    return withoutSecrets(line); // a record that is no JSON
  }
}

export const silentLogger: Logger = pino({ level: 'silent' });
