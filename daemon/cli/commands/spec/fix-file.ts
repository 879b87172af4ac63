/** Fixes one spec file on disk. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Dialect } from '../../../../schemas/index.js';
import type { CheckReport } from '../../../../schemas/received.js';
import { CosmosError, coerceError } from '../../../errors.js';
import type { Change } from '../../../spec/fix/change.js';
import { fixSpec } from '../../../spec/fix/fix.js';
import type { RunFacts } from '../../../spec/rules/rule.js';
import { writeFileAtomic } from '../../../write-file.js';
import type { MediaLook } from './media-look.js';
import type { SpecSource } from './spec-source.js';

export interface FixOptions {
  readonly engine: Dialect | undefined;
  readonly run: RunFacts;
  readonly media: MediaLook;
  readonly dryRun: boolean;
}

/** What programs read beside the report. */
export interface FixResult {
  readonly changes: readonly Change[];
  /** Unified diff; empty when nothing changed. */
  readonly diff: string;
  readonly written: boolean;
}

/** A repaired path lets us look into a file that nobody knew of, and that may call for a repair of its own. */
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
  const changes: Change[] = [];
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

/** By a temporary file and a rename: whoever reads the spec meanwhile sees the old or the new one. */
async function write({ file, path }: SpecSource, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text);
  } catch (error) {
    throw new CosmosError('usage', `${file} cannot be written: ${coerceError(error).message}.`, {}, { cause: error });
  }
}
