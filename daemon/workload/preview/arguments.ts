/** The command line of the preview process. */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { CosmosError, coerceError } from '../../errors.js';

export const USAGE =
  'Usage: node main.js -i SPEC.json [SPEC2.json ...] -o OUTDIR [--ffmpeg F] [--ffprobe P] [--niceness N]';

const Niceness = z.coerce.number().int().min(0).max(19);

export interface PreviewArguments {
  readonly specs: readonly string[];
  readonly outDir: string;
  readonly ffmpeg?: string;
  readonly ffprobe?: string;
  /** 0 (normal) to 19 (lowest priority). */
  readonly niceness: number;
}

/** @throws CosmosError usage */
export function readArguments(argv: readonly string[]): PreviewArguments {
  const { values, positionals } = parse(argv);
  const specs = [...(values.input ?? []), ...positionals]; // NVIDIA's -i takes all names up to the next option
  const niceness = Niceness.safeParse(values.niceness);
  if (specs.length === 0 || values.output === undefined || !niceness.success) throw new CosmosError('usage', USAGE);
  return {
    specs,
    outDir: values.output,
    ffmpeg: values.ffmpeg,
    ffprobe: values.ffprobe,
    niceness: niceness.data,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        input: { type: 'string', short: 'i', multiple: true },
        output: { type: 'string', short: 'o' },
        ffmpeg: { type: 'string' },
        ffprobe: { type: 'string' },
        niceness: { type: 'string', default: '0' },
      },
    });
  } catch (error) {
    throw new CosmosError('usage', `${coerceError(error).message} ${USAGE}`, {}, { cause: error });
  }
}
