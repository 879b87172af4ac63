/** What cosmos-sim says for assertions: `COSMOS_SIM {json}` lines in its log. */
import * as z from 'zod';

const SimLine = z.discriminatedUnion('told', [
  z.object({
    told: z.literal('process'),
    argv: z.array(z.string()),
    cwd: z.string(),
    /** Names only: a value could be a secret. */
    env: z.array(z.string()),
    /** Values of the few that never are. */
    shown: z.record(z.string(), z.string()),
    uid: z.number(),
  }),
  /** A file that a spec named: absolute path, content, size in bytes. */
  z.object({ told: z.literal('input'), path: z.string(), sha256: z.string(), bytes: z.number() }),
  /** A sample as it was read. */
  z.object({ told: z.literal('sample'), sample: z.record(z.string(), z.json()) }),
]);
export type SimLine = z.infer<typeof SimLine>;

/** All of them in order. Throws when a line is not what it should be. */
export function simLinesIn(log: string): SimLine[] {
  const lines = [...log.matchAll(/^COSMOS_SIM (.*)$/gm)];
  return lines.map(([, json = '']) => SimLine.parse(JSON.parse(json)));
}
