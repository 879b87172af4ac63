/**
 * The parts of the daemon that running jobs needs. These interfaces belong to run/; build.ts proves that the real
 * classes fit.
 */
import type { Attempt, Clip, EngineName, Event, Job, JobState, Prepared, Result, Run } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { Move } from '../job/life.js';
import type { GroupHistory, PlannedRun } from '../job/plan.js';
import type { Logger } from '../log.js';
import type { MediaTools } from '../media/tools.js';
import type { Seals } from '../queue/results.js';
import type { StateDir } from '../state-dir.js';
import type { Engine } from '../workload/engine.js';
import type { HostOffers } from './host-offer.js';
import type { ProgressBoard } from './progress.js';
import type { RunLogs } from './run-log.js';

export interface QueueNeeds {
  get(id: string): Job | undefined;
  /** Jobs in the states that life.step acts on. */
  live(): Job[];
  /** undefined = the job was moved by another in the meantime. */
  move(job: Job, move: Move): Job | undefined;
  candidates(engines: readonly EngineName[], limit: number): Job[];
  claim(planned: PlannedRun): { run: Run; jobs: Job[] } | undefined;
  /** UTC ISO time at which the next queued job ends its pause. */
  nextDue(): string | undefined;
  status(): { paused: boolean };
  groups(batchKeys: Iterable<string>): ReadonlyMap<string, GroupHistory>;
  prepared(job: string): Prepared | null;
  setPrepared(job: string, prepared: Prepared | null): void;
}

/** Every call may be repeated. */
export interface RunNeeds {
  get(id: string): Run | undefined;
  /** The newest `limit` runs. */
  list(limit: number): Run[];
  /** Runs that hold a slot. */
  open(): Run[];
  /** Attempts of a job. */
  attempts(job: string): Attempt[];
  started(id: string): unknown;
  ended(id: string, exitCode: number | null): unknown;
  patchAttempt(job: string, number: number, patch: Partial<Pick<Attempt, 'logFrom' | 'logTo'>>): void;
}

export interface JournalNeeds {
  onEvent(listener: (event: Event) => void): () => void;
}

export interface PreparerNeeds {
  prepare(job: Job, signal: AbortSignal, progress: (stage: string, fraction: number) => void): Promise<Prepared>;
}

/** Notes which steps the daemon works on, so that the next daemon knows at which step it died: watchdog/at-work.ts. */
export interface WorkNotes {
  begin(job: string, step: JobState): void;
  /** Does nothing when no step of the job is noted. */
  rest(job: string): void;
  /** Sets the count of deaths of the job to 0. */
  forget(job: string): void;
  /** How often the daemon died during this step of the job. */
  deaths(job: string, step: JobState): number;
}

export interface RunSettings {
  /** How often a job is tried again after a transient failure or one of its host. */
  readonly retries: number;
  /** Seconds before the first retry; doubles each time. */
  readonly backoff: number;
  readonly canary: boolean;
  readonly groupPause: number;
  /** Minutes without a byte of log after which the run is looked at, and stopped when its GPUs are idle; null = never. */
  readonly stallMinutes: number | null;
  /** Folder for finished videos; null = beside the clip. */
  readonly resultsFolder: string | null;
}

/**
 * Called at named moments: `<state>.<event>.before` (the step is done, but not recorded), `.after` (recorded), and
 * `staged.started.spawned`. Fault tests end the process there.
 */
export type Boundary = (name: string) => void | Promise<void>;

export interface RunDependencies {
  readonly queue: QueueNeeds;
  readonly runs: RunNeeds;
  readonly results: { put(result: Result, seals: Seals): unknown; get(job: string): Result | undefined };
  readonly clips: { get(id: string): Clip | undefined };
  readonly journal: JournalNeeds;
  readonly preparer: PreparerNeeds;
  readonly engines: { get(name: EngineName): Engine | undefined };
  readonly offers: HostOffers;
  readonly logs: RunLogs;
  readonly progress: ProgressBoard;
  readonly work: WorkNotes;
  readonly stateDir: StateDir;
  readonly tools: MediaTools;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: RunSettings;
  /** Version of Cosmos Bridge, for the provenance. */
  readonly version: string;
  /** The sentence that says why a person must release this prepared job; null = it may be queued. */
  readonly holdReason: (job: Job, prepared: Prepared) => string | null;
  readonly boundary?: Boundary;
}
