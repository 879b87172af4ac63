/** Writes the log of the preview process. workload/preview/preview.ts reads these lines: change both together. */
import { appendFileSync } from 'node:fs';
import { type Clock, isoNow } from '../../clock.js';

/** How the last line of a run begins that was ended from outside. */
export const STOPPED = 'Stopped by';

export class PreviewLog {
  /** @param file console.log of the output folder; keeps the lines, without the progress. */
  constructor(
    private readonly clock: Clock,
    private readonly file: string,
  ) {}

  info(message: string): void {
    process.stdout.write(this.keep('INFO', message));
  }

  error(message: string): void {
    process.stderr.write(this.keep('ERROR', message));
  }

  /** Ends in \r, so that it is a whole line for a reader of the log and the next one covers it on a terminal. */
  progress(done: number, frames: number): void {
    process.stderr.write(`frame ${done}/${frames}\r`);
    if (done === frames) process.stderr.write('\n');
  }

  private keep(level: 'INFO' | 'ERROR', message: string): string {
    const line = `${logStamp(this.clock, level)} ${message.replace(/\s*\n\s*/g, ' ')}\n`;
    appendFileSync(this.file, line);
    return line;
  }
}

/** "[11-22 10:00:00|INFO|preview]", in the shape of NVIDIA's own log (imaginaire/utils/log.py:89-110), but in UTC. */
export function logStamp(clock: Clock, level: string): string {
  const now = isoNow(clock);
  return `[${now.slice(5, 10)} ${now.slice(11, 19)}|${level}|preview]`;
}
