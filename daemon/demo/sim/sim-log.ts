/** Reads what cosmos-sim writes about itself into its log, beside NVIDIA's lines: `COSMOS_SIM {json}`. */
import * as z from 'zod';

const Line = z.object({ told: z.string(), path: z.string().optional(), sha256: z.string().optional() });

export interface Told {
  /** How often the program began. */
  readonly processes: number;
  /** SHA-256 of the inputs as the program read them. */
  readonly inputs: readonly string[];
}

export function toldIn(log: string): Told {
  const lines = [...log.matchAll(/^COSMOS_SIM (.*)$/gm)].map(([, json = '']) => Line.parse(JSON.parse(json)));
  return {
    processes: lines.filter(({ told }) => told === 'process').length,
    inputs: lines.flatMap(({ told, sha256 }) => (told === 'input' && sha256 !== undefined ? [sha256] : [])),
  };
}
