/** The answers about a clip: its state, a sentence for people, and when to look again. Pure. */
import { type ClipState, MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE } from '../../schemas/index.js';
import type { Want } from './checks.js';
import { HELD_PROBLEM, type ListedFile } from './listing.js';

/** For this part of the settle time after the last change, a clip counts as being written. */
const WRITING = 0.2;

/** The answer of one look at a clip. */
export interface Answer {
  readonly state: Exclude<ClipState, 'offline'>;
  /** One sentence; empty when ready. */
  readonly reason: string;
  /** Checks to run now; the next look then knows their answers. */
  readonly wants: readonly Want[];
  /** Monotonic milliseconds at which waiting alone can change the answer; null = never. */
  readonly recheckAt: number | null;
}

export const ready: Answer = { state: 'ready', reason: '', wants: [], recheckAt: null };

/** Frames of a render may be hours apart, so quiet says nothing: only the exporter knows when it is done. */
export const rendering: Answer = {
  state: 'writing',
  reason:
    `writing: a render changes it; if that was interrupted, render again, send it again, or ` +
    `delete ${WITHDRAWN_MANIFEST_FILE}`,
  wants: [],
  recheckAt: null,
};

/** For a render that has written nothing for a long time. */
export const abandoned: Answer = incomplete([
  `a render took ${MANIFEST_FILE} away and has written nothing for long, so it may have died: render again, send it ` +
    `again, or delete ${WITHDRAWN_MANIFEST_FILE}`,
]);

/** Milliseconds until a file is tried again that another program holds: no event comes when it is released. */
const HELD_MS = 1000;

export function writtenByOthers(held: readonly ListedFile[], now: number): Answer {
  const names = `${held[0]?.name}${held.length > 1 ? ` and ${held.length - 1} more` : ''}`;
  const reason = `writing: ${names} ${HELD_PROBLEM.replace('is', held.length > 1 ? 'are' : 'is')}`;
  return { state: 'writing', reason, wants: [], recheckAt: now + HELD_MS };
}

export function incomplete(problems: readonly string[]): Answer {
  return { state: 'incomplete', reason: problems.join('; '), wants: [], recheckAt: null };
}

export function checking(wants: readonly Want[]): Answer {
  return { state: 'settling', reason: 'settling: checking the files', wants, recheckAt: null };
}

/** @param needed seconds @param what is waited for beside quiet; empty when quiet is all */
export function waiting(
  now: number,
  quiet: number,
  needed: number,
  what: (state: string, needed: number) => string,
): Answer {
  const writing = needed * 1000 * WRITING;
  const state = quiet < writing ? 'writing' : 'settling';
  const recheckAt = now - quiet + (state === 'writing' ? writing : needed * 1000);
  return { state, reason: what(state, needed), wants: [], recheckAt };
}

export function waitingFor(
  problems: readonly string[],
  stale: string | null,
): (state: string, needed: number) => string {
  return (state, needed) => {
    if (problems.length > 0) return `${state}: ${problems.join('; ')}`;
    if (stale !== null) return `${stale}: waiting for a new manifest or ${needed} s of quiet`;
    return state === 'writing' ? 'writing: files still change' : `settling: waiting for ${needed} s of quiet`;
  };
}
