/** Checks spec files one after the other, and fixes them with --fix: the work of `cosmos spec check`. */
import type { Dialect } from '../../../../schemas/index.js';
import type { CheckReport } from '../../../../schemas/received.js';
import { CosmosError } from '../../../errors.js';
import { checkSpec } from '../../../workload/dialects/check.js';
import { refusal } from '../../../workload/dialects/fix/fix.js';
import type { RunFacts } from '../../../workload/dialects/rules/rule.js';
import { complain } from '../../complain.js';
import type { Context } from '../../context.js';
import { renderCheck } from '../../output/check-view.js';
import { renderChanges, renderDiff } from '../../output/diff-view.js';
import type { ExitCode } from '../../verb.js';
import { type FixResult, fixFile } from './fix-file.js';
import { MediaLook } from './media-look.js';
import { specFiles } from './spec-files.js';
import { readSpec, type SpecSource } from './spec-source.js';

export interface CheckWishes {
  readonly engine: Dialect | undefined;
  readonly run: RunFacts;
  readonly media: boolean;
  readonly fix: 'no' | 'show' | 'write';
}

interface FileOutcome {
  readonly report: CheckReport;
  readonly fixed?: FixResult;
  /** Printed on standard error. */
  readonly error?: CosmosError;
  /** The sentence of the error already says all that is in the report. */
  readonly isTold?: boolean;
}

const NOTHING: FixResult = { changes: [], diff: '', written: false };

/** In the order given; a file that cannot be read or written does not stop the others. */
export async function checkFiles(context: Context, args: readonly string[], wishes: CheckWishes): Promise<ExitCode> {
  const media = new MediaLook(context, wishes.media);
  let well = true;
  for (const found of await specFiles(args)) {
    const outcome = 'error' in found ? found : await checkFile(found.file, wishes, media);
    if (outcome.error !== undefined) await say(context, outcome.error);
    if ('report' in outcome) show(context, outcome);
    well &&= outcome.error === undefined && 'report' in outcome && outcome.report.ok;
  }
  return well ? 0 : 1;
}

async function checkFile(file: string, wishes: CheckWishes, media: MediaLook): Promise<FileOutcome> {
  const source = await readSpec(file, wishes.engine);
  if ('report' in source) {
    const { decoded } = source;
    if (wishes.fix !== 'no' && decoded !== undefined && refusal(file) === null) return fix(decoded, wishes, media);
    const isTold = source.error !== undefined;
    return { ...source, isTold, ...(wishes.fix === 'no' ? {} : { fixed: NOTHING }) };
  }
  if (wishes.fix === 'no') return { report: await check(source, wishes, media) };
  const refused = refusal(source.file);
  if (refused === null) return fix(source, wishes, media);
  return { report: await check(source, wishes, media), fixed: NOTHING, error: new CosmosError('usage', refused) };
}

async function check({ file, path, text }: SpecSource, { engine, run }: CheckWishes, media: MediaLook) {
  const facts = await media.at(path, text, engine);
  return { ...checkSpec(path, text, { engine, run, facts }), file };
}

async function fix(source: SpecSource, wishes: CheckWishes, media: MediaLook): Promise<FileOutcome> {
  const { engine, run } = wishes;
  try {
    return await fixFile(source, { engine, run, media, dryRun: wishes.fix === 'show' });
  } catch (error) {
    if (!(error instanceof CosmosError)) throw error;
    return { report: await check(source, wishes, media), fixed: NOTHING, error };
  }
}

async function say({ out }: Context, error: CosmosError): Promise<void> {
  out.note((await complain(error, out.stderr, process.env)).lines);
}

function show({ out }: Context, { report, fixed, isTold = false }: FileOutcome): void {
  if (out.json) {
    out.stdout.data(`${JSON.stringify(fixed === undefined ? report : { ...report, fixed })}\n`);
    return;
  }
  if (fixed !== undefined && fixed.changes.length > 0) {
    const state = fixed.written ? 'written' : 'not written: --dry-run';
    out.stdout.text(renderDiff(fixed.diff, out.colors));
    out.print(renderChanges(report.file, fixed.changes, state, out.colors));
  }
  if (!isTold) out.print(renderCheck(report, out.colors));
}
