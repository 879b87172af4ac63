/** How a member without a video ended: refused, failed with a reason, or never reached. The same for both engines. */
import { diagnose, unknownFailure } from '../diagnose.js';
import type { Failure, Member, Outcome } from '../engine.js';
import type { Piece } from './log-pieces.js';
import { piecesAbout, type Section, troubleIn } from './log-text.js';

export interface Ending {
  readonly member: Member;
  /** The program began with this member: it wrote its arguments, which is the first thing it does. */
  readonly hasBegun: boolean;
  /** It began with some member of the run. */
  readonly hasBegunAny: boolean;
  /** The end of the log, cut where samples begin. */
  readonly sections: readonly Section[];
  readonly exitCode: number | null;
}

/** Not for a member with a video, and not for a refused one. */
export function endingOf({ member, hasBegun, hasBegunAny, sections, exitCode }: Ending): Outcome {
  if (hasBegun) {
    const trouble = troubleIn(piecesAbout(member.prepared.name, sections));
    return failed(diagnose(trouble, exitCode) ?? unknownFailure(trouble, exitCode));
  }
  // The run went wrong in a member before this one, or on the way to the first.
  if (hasBegunAny) return { kind: 'unreached' };
  const pieces: readonly Piece[] = sections.flatMap((section) => section.pieces);
  const trouble = troubleIn(pieces);
  const blamed = /Error validating parameters from '([^'\n]*)'/.exec(trouble)?.[1];
  if (blamed !== undefined && !blamed.endsWith(`/${member.spec}`)) return { kind: 'unreached' };
  const failure = diagnose(trouble, exitCode);
  if (failure !== undefined) return failed(failure);
  // Exit code 0: the program believes that it did everything, so another try would end the same way.
  return exitCode === 0 ? failed(unknownFailure(trouble, exitCode)) : { kind: 'unreached' };
}

function failed(failure: Failure): Outcome {
  return { kind: 'failed', message: `${failure.sentence} ${failure.remedy}`, failure };
}
