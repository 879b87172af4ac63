/** The named step boundaries of the runner, and what there is on the host when a job is at one. */

/**
 * here = nothing is on the host; sent = the inputs are there; working = the model works;
 * made = its run is over, and only the host has the video; brought = the result is here; stopped = it was cancelled.
 */
export type Phase = 'here' | 'sent' | 'working' | 'made' | 'brought' | 'stopped';

export interface Boundary {
  /** As the daemon calls it: daemon/run/needs.ts. */
  readonly name: string;
  readonly phase: Phase;
}

/** before = the effect is done and not recorded; after = it is recorded and no client has heard of it. */
const MOVES: readonly (readonly [move: string, phase: Phase])[] = [
  ['preparing.prepared', 'here'],
  ['queued.claimed', 'here'],
  ['staging.staged', 'sent'],
  ['staged.started', 'working'],
  ['running.finished', 'made'],
  ['collecting.collected', 'brought'],
  ['stopping.stopped', 'stopped'],
];

export const BOUNDARIES: readonly Boundary[] = [
  ...MOVES.flatMap(([move, phase]) => ['before', 'after'].map((moment) => ({ name: `${move}.${moment}`, phase }))),
  // The run is started on the host, but that is not recorded yet.
  { name: 'staged.started.spawned', phase: 'working' },
];
