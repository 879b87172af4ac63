/** Fixes one spec file on disk. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Dialect } from '../../../../schemas/index.js';
import type { CheckReport } from '../../../../schemas/received.js';
import { CosmosError, coerceError } from '../../../errors.js';
import { fixSpec } from '../../../workload/dialects/fix/fix.js';
import type { FixStep } from '../../../workload/dialects/fix/fix-step.js';
import type { RunFacts } from '../../../workload/dialects/rules/rule.js';
import { writeFileAtomic } from '../../../write-file.js';
import type { MediaLook } from './media-look.js';
import type { SpecSource } from './spec-source.js';

export interface FixOptions {
  readonly engine: Dialect | undefined;
  readonly run: RunFacts;
  readonly media: MediaLook;
  readonly dryRun: boolean;
}

/** What --json prints beside the report. */
export interface FixResult {
  readonly changes: readonly FixStep[];
  /** Unified diff; empty when nothing changed. */
  readonly diff: string;
  readonly written: boolean;
}

/** A repaired path can lead to a media file that was not read before, and whose content calls for another repair. */
const MOST_LOOKS = 3;

/** @throws CosmosError when the file cannot be written; it is then as it was. */
export async function fixFile(
  source: SpecSource,
  options: FixOptions,
): Promise<{ report: CheckReport; fixed: FixResult }> {
  const { encoding } = source;
  const { text, changes: repairs, report } = await fixWithMedia(source, options);
  const changes =
    encoding === undefined
      ? repairs
      : [{ message: `saved as UTF-8, as the models read it; it was ${encoding}` }, ...repairs];
  const changed = encoding !== undefined || text !== source.text;
  if (changed && !options.dryRun) await write(source, text);
  const fixed = {
    changes,
    diff: changed ? unified(source.file, source.text, text) : '',
    written: changed && !options.dryRun,
  };
  return { report: { ...report, file: source.file }, fixed };
}

async function fixWithMedia({ path, text }: SpecSource, { engine, run, media }: FixOptions) {
  const changes: FixStep[] = [];
  for (let now = text, looks = 1; ; looks++) {
    const facts = await media.at(path, now, engine);
    const fixed = fixSpec(path, now, { engine, run, facts });
    changes.push(...fixed.changes);
    if (fixed.text === now || looks === MOST_LOOKS) return { ...fixed, changes };
    now = fixed.text;
  }
}

function unified(name: string, before: string, after: string): string {
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return createTwoFilesPatch(name, name, before, after, undefined, undefined, options);
}

/** By a temporary file and a rename, so that another program reads the old or the new spec, never half of it. */
async function write({ file, path }: SpecSource, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text);
  } catch (error) {
    throw new CosmosError('usage', `${file} cannot be written: ${coerceError(error).message}.`, {}, { cause: error });
  }
}
