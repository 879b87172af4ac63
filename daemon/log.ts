/** The daemon's own log: one JSON line a record, into a file, never with secrets. */
import pino from 'pino';

export type Logger = pino.Logger;

/** Paths that pino blanks out wherever a record carries them. */
const SECRETS = ['token', '*.token', 'authorization', '*.authorization', 'env.HF_TOKEN'];

export function createLogger(file: string, level: string): Logger {
  return pino({ level, redact: SECRETS, base: null }, pino.destination({ dest: file, mkdir: true, sync: true }));
}

export const silentLogger: Logger = pino({ level: 'silent' });
