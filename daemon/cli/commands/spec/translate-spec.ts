/** Translates a spec file to another engine: the work of `cosmos spec compile --engine X SPEC`. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Dialect, type EngineName, MANIFEST_FILE } from '../../../../schemas/index.js';
import { modelTitle } from '../../../../schemas/model-title.js';
import type { CheckReport } from '../../../../schemas/received.js';
import { dialectOf } from '../../../../schemas/spec/dialect.js';
import { CosmosError, coerceError } from '../../../errors.js';
import { checkSpec } from '../../../workload/dialects/check.js';
import { readFile } from '../../../workload/dialects/samples.js';
import { type FileTranslation, translateFile } from '../../../workload/dialects/translate/translate-file.js';
import { writeFileAtomic } from '../../../write-file.js';
import type { Context } from '../../context.js';
import { renderCheck } from '../../output/check-view.js';
import { renderLosses } from '../../output/loss-view.js';
import { absolutePath } from '../../references.js';
import type { ExitCode } from '../../verb.js';
import { MediaLook } from './media-look.js';
import { readSpec, type SpecSource, type Unreadable } from './spec-source.js';

const SPECS = ['.json', '.jsonl', '.yaml', '.yml'];

/**
 * A spec file and the dialect to translate it to; null = a clip, or a spec in its own dialect, which the daemon
 * compiles.
 */
export interface TranslationRequest {
  readonly source: SpecSource;
  readonly to: Dialect;
}

/** @throws CosmosError when the argument is a spec file that cannot be read. */
export async function wantedTranslation(
  typed: string,
  engine: EngineName | undefined,
): Promise<TranslationRequest | null> {
  if (engine === undefined || !isSpecFile(typed)) return null;
  const to = dialectOf(engine);
  const source = readable(await readSpec(typed, undefined));
  return readFile(source.path, source.text).engine === to ? null : { source, to };
}

/** The new spec is written in UTF-8 without a byte order mark, whatever the encoding of the source is. */
function readable(found: SpecSource | Unreadable): SpecSource {
  const source = 'report' in found ? decodedOf(found) : found;
  return { ...source, text: source.text.replace(/^\ufeff/, '') };
}

function decodedOf({ decoded, error, report }: Unreadable): SpecSource {
  if (decoded === undefined) throw error ?? refusal(report);
  return decoded;
}

function isSpecFile(typed: string): boolean {
  const file = absolutePath(typed);
  const isNamed = SPECS.includes(path.extname(file)) && path.basename(file) !== MANIFEST_FILE;
  return isNamed && existsSync(file) && statSync(file).isFile();
}

function refusal({ file, issues }: CheckReport): CosmosError {
  return new CosmosError('spec_invalid', `${file} cannot be translated.`, { issues });
}

/** @param output path of the new spec; absent = standard output. */
export async function translateSpecFile(
  context: Context,
  { source, to }: TranslationRequest,
  output: string | undefined,
): Promise<ExitCode> {
  const { out } = context;
  const target = output === undefined ? null : outputPath(output, source);
  const media = new MediaLook(context, true);
  const facts = await media.at(source.path, source.text);
  const result = translateFile({ file: source.path, text: source.text, to, output: target, facts });
  const around = target === null ? facts : await media.at(result.file, result.text, to);
  const report = checkSpec(result.file, result.text, { engine: to, facts: around });
  if (target !== null) await writeSpec(target, result.text);
  const { text, engine, losses } = result;
  out.show({ text, engine, losses, report }, () => {
    if (target === null) out.stdout.text(text);
    out.note(notes(context, source, result, { ...report, file: output ?? 'the translated spec' }));
  });
  return report.ok ? 0 : 1;
}

function notes(
  { out }: Context,
  { file }: SpecSource,
  { losses, engine }: FileTranslation,
  report: CheckReport,
): string[] {
  const isMany = losses.some(({ sample }) => sample > 0);
  return [
    ...renderLosses(`${file} for ${modelTitle(engine)}`, losses, { surface: out.stderr, isMany }),
    ...renderCheck(report, out.stderr.colors),
  ];
}

/** The source must not be overwritten: people check the translation against it. */
function outputPath(output: string, source: SpecSource): string {
  const target = absolutePath(output);
  if (existsSync(target) && realpathSync(target) === realpathSync(source.path)) {
    throw new CosmosError('usage', `${output} is the spec that is translated: write the result to another file.`);
  }
  return target;
}

/** By a temporary file and a rename, so that another program reads the old or the new spec, never half of it. */
export async function writeSpec(file: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(file, text);
  } catch (error) {
    throw new CosmosError('usage', `${file} cannot be written: ${coerceError(error).message}.`, {}, { cause: error });
  }
}
