/**
 * Decides how a member without a video ended: refused, failed with a reason, or never reached. The same for both
 * engines.
 */

import type { Failure, Member, MemberOutcome, RunFile } from '../engine.js';
import { diagnose, failureOf, unknownFailure } from '../failures/diagnose.js';
import { OUTPUT_EMPTY, OUTPUT_GONE } from '../failures/outputs.js';
import type { Piece } from './log-pieces.js';
import { piecesAbout, type Section, troubleIn, wordsIn } from './log-text.js';

export interface Ending {
  readonly member: Member;
  /** The program began with this member: it wrote its arguments, which is the first thing it does. */
  readonly hasBegun: boolean;
  /** It began with some member of the run. */
  readonly hasBegunAny: boolean;
  /** The end of the log, cut where samples begin. */
  readonly sections: readonly Section[];
  readonly exitCode: number | null;
  /** Where the log says that the video of this member was saved; undefined = it does not. */
  readonly savedAs: string | undefined;
  /** Of the run folder. */
  readonly files: readonly RunFile[];
}

/** Not for a member with a video, and not for a refused one. */
export function endingOf({ member, hasBegun, hasBegunAny, sections, exitCode, savedAs, files }: Ending): MemberOutcome {
  // First of all: whatever the program says afterwards, the output is lost, and making it again costs as much.
  if (savedAs !== undefined) return failed(failureOf(isEmpty(savedAs, files) ? OUTPUT_EMPTY : OUTPUT_GONE, savedAs));
  if (hasBegun) {
    const pieces = piecesAbout(member.prepared.name, sections);
    const trouble = troubleIn(pieces);
    return failed(diagnose(trouble, exitCode, wordsIn(pieces)) ?? unknownFailure(trouble, exitCode));
  }
  // The run went wrong in a member before this one, or on the way to the first.
  if (hasBegunAny) return { kind: 'unreached' };
  const pieces: readonly Piece[] = sections.flatMap((section) => section.pieces);
  const trouble = troubleIn(pieces);
  const blamed = /Error validating parameters from '([^'\n]*)'/.exec(trouble)?.[1];
  if (blamed !== undefined && !blamed.endsWith(`/${member.spec}`)) return { kind: 'unreached' };
  const failure = diagnose(trouble, exitCode, wordsIn(pieces));
  if (failure !== undefined) return failed(failure);
  // Exit code 0: the program believes that it did everything, so another try would end the same way.
  return exitCode === 0 ? failed(unknownFailure(trouble, exitCode)) : { kind: 'unreached' };
}

/** @param saved absolute path inside the container; of the run folder only its end is the same here. */
function isEmpty(saved: string, files: readonly RunFile[]): boolean {
  return files.some(({ path, bytes }) => bytes === 0 && saved.endsWith(`/${path}`));
}

function failed(failure: Failure): MemberOutcome {
  return { kind: 'failed', message: `${failure.sentence} ${failure.remedy}`, failure };
}
