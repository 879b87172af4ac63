/** Decides which jobs start next and on which slots, and says why the others wait. Pure. */
import type { EngineName, FailureClass, Job } from '../../schemas/index.js';
import { type Candidate, MEMBER_LIMIT, shareRun } from './batch.js';

/** A slot of a host that no run holds. */
export interface FreeSlot {
  readonly host: string;
  readonly slot: number;
  readonly engines: readonly EngineName[];
  /** Dollars. */
  readonly pricePerHour: number;
}

/** How the past runs with one batch key ended. */
export interface GroupHistory {
  /** Whether a job of the group has ever succeeded. */
  readonly succeeded: boolean;
  /** Members in open runs. */
  readonly running: number;
  /** Failures since the last success, or since a person resumed the queue; oldest first. */
  readonly failures: readonly FailureClass[];
}

export interface PlanInput {
  /** Queued jobs whose pause has ended, in running order. */
  readonly candidates: readonly Candidate[];
  readonly freeSlots: readonly FreeSlot[];
  /** Nothing starts while the queue is paused. */
  readonly paused: boolean;
  readonly groups: ReadonlyMap<string, GroupHistory>;
  /** Whether the first job of a new group must succeed before a second one starts. */
  readonly canary: boolean;
  /** Number of failures of one class in a row that pauses their group. */
  readonly groupPause: number;
  readonly memberLimit?: number;
}

export interface PlannedRun extends Omit<FreeSlot, 'engines'> {
  readonly engine: EngineName;
  readonly batchKey: string;
  readonly jobs: readonly Job[];
}

/** A candidate that does not start now, and the reason as a sentence. */
export interface Waiting {
  readonly job: string;
  readonly reason: string;
}

export interface StartPlan {
  readonly runs: PlannedRun[];
  readonly waiting: Waiting[];
}

export function plan(input: PlanInput): StartPlan {
  const result: StartPlan = { runs: [], waiting: [] };
  const chosen = new Set<string>();
  for (const [index, candidate] of input.candidates.entries()) {
    if (chosen.has(candidate.job.id)) continue;
    const obstacle = whyNot(candidate, input, result.runs);
    const slot = obstacle === undefined ? findSlot(candidate, input.freeSlots, result.runs) : undefined;
    if (slot === undefined) {
      result.waiting.push({ job: candidate.job.id, reason: obstacle ?? noSlot(candidate) });
      continue;
    }
    const members = shareRun(candidate, input.candidates.slice(index + 1), memberLimit(candidate, input));
    for (const { job } of members) chosen.add(job.id);
    result.runs.push(plannedRun(slot, candidate, members));
  }
  return result;
}

function plannedRun(
  { host, slot, pricePerHour }: FreeSlot,
  { job, batchKey }: Candidate,
  members: Candidate[],
): PlannedRun {
  return { host, slot, pricePerHour, engine: job.engine, batchKey, jobs: members.map((member) => member.job) };
}

function findSlot({ job }: Candidate, free: readonly FreeSlot[], taken: readonly PlannedRun[]): FreeSlot | undefined {
  const wanted = job.settings.host;
  return free.find(
    ({ host, slot, engines }) =>
      engines.includes(job.engine) &&
      (wanted === null || wanted === host) &&
      !taken.some((other) => other.host === host && other.slot === slot),
  );
}

function noSlot({ job }: Candidate): string {
  return job.settings.host === null ? 'Waits for a free slot.' : `Waits for a free slot on ${job.settings.host}.`;
}

function whyNot({ batchKey }: Candidate, input: PlanInput, runs: readonly PlannedRun[]): string | undefined {
  if (input.paused) return 'The queue is paused.';
  const group = input.groups.get(batchKey);
  const failures = failuresInARow(group?.failures ?? []);
  if (failures.count >= input.groupPause) {
    return `Its group is paused after ${failures.count} ${failures.class} failures in a row; look at them, then \`cosmos queue resume\`.`;
  }
  const begun = (group?.running ?? 0) > 0 || runs.some((other) => other.batchKey === batchKey);
  if (isNewGroup(group, input) && begun) return 'Waits until the first job of its group has succeeded.';
  return undefined;
}

/** The first job of a new group runs alone. */
function memberLimit({ batchKey }: Candidate, input: PlanInput): number {
  return isNewGroup(input.groups.get(batchKey), input) ? 1 : (input.memberLimit ?? MEMBER_LIMIT);
}

function isNewGroup(group: GroupHistory | undefined, { canary }: PlanInput): boolean {
  return canary && group?.succeeded !== true;
}

function failuresInARow(failures: readonly FailureClass[]): { count: number; class: FailureClass | undefined } {
  const last = failures.at(-1);
  const other = failures.findLastIndex((failure) => failure !== last);
  return { count: failures.length - 1 - other, class: last };
}
