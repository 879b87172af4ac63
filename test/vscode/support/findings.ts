/** What the tests inside the extension host found, as mocha's JSON reporter wrote it. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Report = z.object({
  stats: z.object({ tests: z.number() }),
  tests: z.array(z.object({ fullTitle: z.string(), err: z.object({ stack: z.string().optional() }) })),
});

export interface Findings {
  /** How many ran. */
  readonly tests: number;
  /** Title and stack of each that failed. */
  readonly failed: readonly string[];
}

/** @throws Error when there is no such file, or it is no report. */
export function readFindings(file: string): Findings {
  const { stats, tests } = Report.parse(JSON.parse(readFileSync(file, 'utf8')));
  const failed = tests.filter(({ err }) => err.stack !== undefined);
  return { tests: stats.tests, failed: failed.map(({ fullTitle, err }) => `${fullTitle}\n${err.stack}`) };
}
