/** The daemon's own log: one JSON line a record, into a file, never with secrets. */
import pino from 'pino';

export type Logger = pino.Logger;

/** Paths that pino blanks out wherever a record carries them. */
const SECRETS = ['token', '*.token', 'authorization', '*.authorization', 'env.HF_TOKEN'];

/** Characters that wait for room on a full disk; what comes then is lost. */
const WAITING = 2 ** 20;

export function createLogger(file: string, level: string): Logger {
  const destination = pino.destination({ dest: file, mkdir: true, sync: true, maxLength: WAITING });
  destination.on('error', () => {}); // a line that cannot be written must not end the daemon, which nobody would listen to
  return pino({ level, redact: SECRETS, base: null }, destination);
}

export const silentLogger: Logger = pino({ level: 'silent' });
