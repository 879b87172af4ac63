/**
 * Reads the log lines of cosmos-transfer2.5 (cosmos_transfer2/inference.py:205-350). The console leaves out what
 * modules under `_src` say since 1.3.1 (cosmos_oss/init.py:39-73): the number of the chunk and the reason of the safety
 * filter are in <out>/debug.log only.
 */
import type { Milestone } from '../nvidia/course.js';
import type { Piece } from '../nvidia/log-pieces.js';
import { preparationOf } from '../nvidia/preparation.js';
import type { Sign } from '../nvidia/run-log.js';

const BEGINS = /^\[(\d+)\/\d+\] Processing sample (.*)$/;
const CHUNK = /^Generating chunk (\d+)\/(\d+)/;

const MILESTONES: readonly (readonly [RegExp, Milestone])[] = [
  [
    /^(?:Log saved to|Found \d+ hint keys|Loading the multicontrol model|Saved config to|Generating \d+ samples:)/,
    'load',
  ],
  [/^(?:Saved arguments to|Running guardrail check on prompt)/, 'prompt'],
  [/^Processing the following paths:/, 'inputs'],
  [/^(?:\w+ control video saved to|Mask for \w+ saved to)/, 'controls'],
  [/^Running guardrail check on video/, 'video'],
  [/^(?:Passed guardrail on generated video|Guardrail checks on video are disabled)/, 'save'],
  [/^Generated video saved to/, 'finished'],
];

export function readTransfer25Line(piece: Piece): Sign | undefined {
  if (piece.kind !== 'record') return preparationOf(piece);
  const { message } = piece;
  const [, nth, name] = BEGINS.exec(message) ?? [];
  if (name !== undefined) return { kind: 'begins', name, index: Number(nth) - 1, milestone: 'prompt' };
  const [, at, of] = CHUNK.exec(message) ?? [];
  if (at !== undefined) return { kind: 'chunk', chunk: { at: Number(at), of: Number(of) } };
  const refusal = refusalIn(piece);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const found = MILESTONES.find(([pattern]) => pattern.test(message));
  return found === undefined ? preparationOf(piece) : { kind: 'milestone', milestone: found[1] };
}

/** The sample that a line begins. */
export function sampleBegunBy(piece: Piece): string | undefined {
  return piece.kind === 'record' ? BEGINS.exec(piece.message)?.[2] : undefined;
}

/** Absolute path in the container at which a video was saved, if this line says so. */
export function savedIn(piece: Piece): string[] {
  if (piece.kind !== 'record' || piece.level !== 'SUCCESS') return [];
  const [, path] = /^Generated video saved to (.+)$/.exec(piece.message) ?? [];
  return path === undefined ? [] : [path];
}

/** Most characters of a reason that are shown: a prompt may be pages long. */
const LONGEST = 300;

/**
 * Why the safety filter refused, if this line says so. "Guardrail blocked generation. Prompt: ..." is on the console,
 * "GUARDRAIL BLOCKED: ..." with the reason in debug.log.
 */
export function refusalIn(piece: Piece): string | undefined {
  if (piece.kind !== 'record' || piece.level !== 'CRITICAL') return undefined;
  const [, reason] = /^GUARDRAIL BLOCKED: (.*)$/.exec(piece.message) ?? [];
  if (reason !== undefined) return reason.slice(0, LONGEST);
  const [, what, text] = /^Guardrail blocked generation\. (Prompt|Negative prompt): (.*)$/.exec(piece.message) ?? [];
  if (what === undefined) return undefined;
  return `${what === 'Prompt' ? 'the prompt' : 'the negative prompt'}${text === '' ? ', which is empty' : ''}`;
}
