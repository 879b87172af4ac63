/**
 * Decides how a member of a cosmos-framework run ended. <out>/<name>/sample_outputs.json is written last and holds the
 * status (common/args.py:1113-1151); exit code 0 covers failed samples too. Control videos are optional: newer releases
 * write them on request only.
 */
import * as z from 'zod';
import type { Member, MemberOutcome, Outputs, RunFile } from '../engine.js';
import { diagnose } from '../failures/diagnose.js';
import { endingOf } from '../nvidia/ending.js';
import { piecesAbout, sectionsOf } from '../nvidia/log-text.js';
import { finishedIn, refusalIn, sampleBegunBy } from './log.js';

export const OUT = 'out';

const SampleOutputs = z.looseObject({
  status: z.string(),
  message: z.string().nullish(),
  stack_trace: z.string().nullish(),
});

/** The file that says how a member ended. */
export function statusFile({ prepared: { name } }: Member): string {
  return `${OUT}/${name}/sample_outputs.json`;
}

export function cosmos3Outcome(
  member: Member,
  files: readonly RunFile[],
  log: string,
  exitCode: number | null,
): MemberOutcome {
  const { name } = member.prepared;
  const sections = sectionsOf(log, sampleBegunBy);
  const status = statusOf(member, files);
  const outputs = outputsOf(member, files);
  if (outputs !== undefined && status?.status === 'success') return { kind: 'succeeded', outputs };
  const [refusal] = piecesAbout(name, sections).flatMap((piece) => refusalIn(piece) ?? []);
  if (refusal !== undefined) return { kind: 'refused', message: `The safety filter refused it: ${refusal}.` };
  if (status !== undefined && status.status !== 'success') {
    const why = status.message ?? `its status is "${status.status}"`;
    const failure = diagnose(`${why}\n${status.stack_trace ?? ''}`, exitCode);
    if (failure !== undefined) return { kind: 'failed', message: `${failure.sentence} ${failure.remedy}`, failure };
    return { kind: 'failed', message: `Cosmos 3 did not make the video: ${why.slice(0, 300)}` };
  }
  const begun = files.filter(({ path }) => /^out\/[^/]+\/sample_args\.json$/.test(path));
  const hasBegun = begun.some(({ path }) => path === `${OUT}/${name}/sample_args.json`);
  const finished = sections.flatMap(({ pieces }) => pieces.flatMap((piece) => finishedIn(piece) ?? []));
  const folder = finished.find((one) => one.name === name)?.folder;
  const still = member.prepared.media.frames === 1;
  const savedAs =
    outputs === undefined && folder !== undefined ? `${folder}/vision.${still ? 'jpg' : 'mp4'}` : undefined;
  return endingOf({ member, hasBegun, hasBegunAny: begun.length > 0, sections, exitCode, savedAs, files });
}

/**
 * undefined = not written, or incomplete. When the file was not read, its presence counts: the command line writes it
 * for finished and for skipped samples only, and a skipped one has no video (common/inference.py:262-269).
 */
function statusOf(member: Member, files: readonly RunFile[]): z.infer<typeof SampleOutputs> | undefined {
  const file = files.find(({ path }) => path === statusFile(member));
  if (file === undefined) return undefined;
  if (file.text === undefined) return { status: 'success' };
  try {
    return SampleOutputs.safeParse(JSON.parse(file.text)).data;
  } catch {
    return undefined; // the program or the host ended while it was written
  }
}

/** The control videos of the hints that the job has; other files in the folder are not its own. */
function outputsOf({ prepared: { name, hints } }: Member, files: readonly RunFile[]): Outputs | undefined {
  const folder = `${OUT}/${name}/`;
  const own = files.filter(({ path, bytes }) => path.startsWith(folder) && bytes > 0).map(({ path }) => path);
  const video = own.find((path) => /^vision\.(?:mp4|jpg)$/.test(path.slice(folder.length)));
  if (video === undefined) return undefined;
  const controls = own.flatMap((path) => {
    const hint = /^control_(\w+)\.(?:mp4|jpg)$/.exec(path.slice(folder.length))?.[1];
    return hint === undefined || !hints.includes(hint) ? [] : [[hint, path] as const];
  });
  const others = ['sample_args.json', 'sample_outputs.json'].map((file) => folder + file);
  return {
    video,
    controls: Object.fromEntries(controls),
    others: others.filter((path) => own.includes(path)),
  };
}
