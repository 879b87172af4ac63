/**
 * Decides how a member of a cosmos-transfer2.5 run ended. Exit code 0 means nothing: a refusal by the safety filter
 * ends with it too (inference.py:205-239, 323-327). Files come in this order: NAME.json, control videos, NAME.mp4 or
 * .jpg, NAME.txt; a refused prompt leaves the first alone, a refused video the first two.
 */
import type { Member, MemberOutcome, Outputs, RunFile } from '../engine.js';
import { endingOf } from '../nvidia/ending.js';
import { piecesAbout, type Section, sectionsOf } from '../nvidia/log-text.js';
import { refusalIn, sampleBegunBy, savedIn } from './log.js';

export const OUT = 'out';
/** Has what the console leaves out: the number of the chunk, and why a video was refused. */
export const DEBUG_LOG = `${OUT}/debug.log`;

export function transfer25Outcome(
  member: Member,
  files: readonly RunFile[],
  log: string,
  exitCode: number | null,
): MemberOutcome {
  const { name } = member.prepared;
  const sections = sectionsOf(log, sampleBegunBy);
  const outputs = outputsOf(member, files);
  if (outputs !== undefined && isComplete(name, files, sections)) return { kind: 'succeeded', outputs };
  const message = refusalOf(name, files, sections, exitCode);
  if (message !== undefined) return { kind: 'refused', message };
  const has = (file: string) => files.some(({ path }) => path === `${OUT}/${file}`);
  const hasBegunAny = sections.length > 1 || files.some(({ path }) => /^out\/[^/]+\.json$/.test(path));
  const saved = outputs === undefined ? sections.flatMap(({ pieces }) => pieces).flatMap(savedIn) : [];
  const savedAs = saved.find((path) => [`/${name}.mp4`, `/${name}.jpg`].some((end) => path.endsWith(end)));
  return endingOf({ member, hasBegun: has(`${name}.json`), hasBegunAny, sections, exitCode, savedAs, files });
}

function outputsOf({ prepared: { name, hints } }: Member, files: readonly RunFile[]): Outputs | undefined {
  const own = (suffix: string) =>
    files.find(({ path, bytes }) => path === `${OUT}/${name}${suffix}` && bytes > 0)?.path;
  const media = (stem: string) => own(`${stem}.mp4`) ?? own(`${stem}.jpg`);
  const video = media('');
  if (video === undefined) return undefined;
  const controls = hints.flatMap((hint) => {
    const file = media(`_control_${hint}`);
    return file === undefined ? [] : [[hint, file] as const];
  });
  const masks = ['edge', 'vis', 'depth', 'seg', 'guided_generation'].map((key) => media(`_mask_${key}`));
  const others = [own('.json'), own('.txt'), ...masks].filter((file) => file !== undefined);
  return { video, controls: Object.fromEntries(controls), others };
}

/** NAME.txt, which may be empty, is written after the video is whole; the log says so a moment later. */
function isComplete(name: string, files: readonly RunFile[], sections: readonly Section[]): boolean {
  if (files.some(({ path }) => path === `${OUT}/${name}.txt`)) return true;
  return piecesAbout(name, sections).some((piece) => savedIn(piece).length > 0);
}

function refusalOf(
  name: string,
  files: readonly RunFile[],
  sections: readonly Section[],
  exitCode: number | null,
): string | undefined {
  const own = piecesAbout(name, sections);
  const debug = files.find(({ path }) => path === DEBUG_LOG)?.text ?? '';
  const inDebug = piecesAbout(name, sectionsOf(debug, sampleBegunBy)).flatMap((piece) => refusalIn(piece) ?? []);
  const [onConsole] = own.flatMap((piece) => refusalIn(piece) ?? []);
  if (onConsole !== undefined) return sentence(onConsole, inDebug[0]);
  const last = sections.at(-1)?.name;
  const wentOn = exitCode === 0 || (last !== undefined && last !== name);
  const isVideoRefused = inDebug.length > 0 || (wentOn && wasVideoHeldBack(name, sections));
  return isVideoRefused ? sentence('the video', inDebug[0]) : undefined;
}

/** The check of the video began, and nothing says that it was passed. */
function wasVideoHeldBack(name: string, sections: readonly Section[]): boolean {
  const messages = piecesAbout(name, sections).flatMap((piece) => (piece.kind === 'record' ? [piece.message] : []));
  const says = (pattern: RegExp) => messages.some((message) => pattern.test(message));
  return says(/^Running guardrail check on video/) && !says(/^Passed guardrail on generated video/);
}

function sentence(what: string, reason: string | undefined): string {
  const why = reason === undefined || reason === what ? '' : `: ${reason.replace(/[.\s]+$/, '')}`;
  return `The safety filter refused ${what}${why}.`;
}
