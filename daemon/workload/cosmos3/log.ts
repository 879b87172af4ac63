/**
 * Reads the log lines of cosmos-framework on its transfer path (inference/inference.py: _generate_transfer_batch;
 * transfer.py: generate_transfer_sample). The folders in the lines show which sample they are about; no line names a
 * chunk.
 */
import type { Milestone } from '../nvidia/course.js';
import type { Piece } from '../nvidia/log-pieces.js';
import { preparationOf } from '../nvidia/preparation.js';
import type { Sign } from '../nvidia/run-log.js';

const BEGINS = /^Saved sample args to '.*?([^/']+)\/sample_args\.json'/;
const FINISHED = /^Saved transfer outputs to '(.*?([^/']+))\/sample_outputs\.json'/;

const MILESTONES: readonly (readonly [RegExp, Milestone])[] = [
  [/^Loaded \d+ samples/, 'load'],
  [
    /^(?:Loaded pre-computed \w+ control from|Computing \w+ control input on the fly|\[transfer\] final user prompt)/,
    'inputs',
  ],
  [/^Saved control video to/, 'controls'],
];

export function readCosmos3Line(piece: Piece): Sign | undefined {
  if (piece.kind !== 'record') return preparationOf(piece);
  const name = sampleBegunBy(piece);
  if (name !== undefined) return { kind: 'begins', name, milestone: 'inputs' };
  const finished = finishedIn(piece);
  if (finished !== undefined) return { kind: 'milestone', milestone: 'finished', name: finished.name };
  const refusal = refusalIn(piece);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const found = MILESTONES.find(([pattern]) => pattern.test(piece.message));
  return found === undefined ? preparationOf(piece) : { kind: 'milestone', milestone: found[1] };
}

/** The sample that a line begins. */
export function sampleBegunBy(piece: Piece): string | undefined {
  return piece.kind === 'record' ? BEGINS.exec(piece.message)?.[1] : undefined;
}

/** The sample that a line says is done, and its folder: an absolute path in the container. */
export function finishedIn(piece: Piece): { name: string; folder: string } | undefined {
  const [, folder, name] = (piece.kind === 'record' ? FINISHED.exec(piece.message) : undefined) ?? [];
  return folder === undefined || name === undefined ? undefined : { name, folder };
}

/**
 * Why the safety filter refused; it is not called on the transfer path of today's releases (inference.py:1825-1896).
 */
export function refusalIn(piece: Piece): string | undefined {
  if (piece.kind !== 'record') return undefined;
  const [, reason] = /^GUARDRAIL BLOCKED: (.{0,300})/.exec(piece.message) ?? [];
  if (reason !== undefined) return reason;
  const [, what] =
    /^(?:Error generating sample '[^']*': )?Guardrail blocked (prompt|video) '/.exec(piece.message) ?? [];
  return what === undefined ? undefined : `the ${what}`;
}
