/**
 * What running jobs needs of the rest of the daemon, and no more. The consumer owns these interfaces; the composition
 * root proves that the real classes fit.
 */
import type {
  Attempt,
  Clip,
  EngineName,
  Event,
  HostTrouble,
  Job,
  JobState,
  Prepared,
  Result,
  Run,
  SlotLease,
} from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { ContainerPlan, Host } from '../host/host.js';
import type { FoundRun } from '../host/ssh/run-record.js';
import type { Move } from '../job/life.js';
import type { Choice, GroupHistory } from '../job/plan.js';
import type { Logger } from '../log.js';
import type { MediaTools } from '../media/tools.js';
import type { Seals } from '../queue/results.js';
import type { StateDir } from '../state-dir.js';
import type { Command, Engine, RunPlace } from '../workload/engine.js';
import type { ProgressBoard } from './progress.js';
import type { RunLogs } from './run-log.js';

export interface QueueNeeds {
  get(id: string): Job | undefined;
  /** Jobs in the states that life.step acts on. */
  live(): Job[];
  /** Undefined = somebody else moved the job meanwhile. */
  move(job: Job, move: Move): Job | undefined;
  candidates(engines: readonly EngineName[], limit: number): Job[];
  claim(choice: Choice): { run: Run; jobs: Job[] } | undefined;
  /** When the next back-off ends, UTC ISO. */
  nextDue(): string | undefined;
  status(): { paused: boolean };
  groups(batchKeys: Iterable<string>): ReadonlyMap<string, GroupHistory>;
  prepared(job: string): Prepared | null;
  setPrepared(job: string, prepared: Prepared | null): void;
}

/** All of these may be repeated. */
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

/** What is written down of the steps that the daemon is at work on, for when it dies of one: watchdog/at-work.ts. */
export interface WorkNotes {
  begin(job: string, step: JobState): void;
  /** Harmless when it was not at work. */
  rest(job: string): void;
  /** What was counted counts no more. */
  forget(job: string): void;
  /** How often a daemon died at this step of the job. */
  deaths(job: string, step: JobState): number;
}

/** A host with what it offers. */
export interface Place {
  readonly host: Host;
  readonly engines: readonly EngineName[];
  /** Runs at the same time. */
  readonly slots: number;
  /** Dollars. */
  readonly pricePerHour: number;
  /** What the slot gives to a run; left out: it needs no GPU. */
  seat?(slot: number, run: string): RunPlace;
  /** How the command of an engine runs there; left out: as a plain process. */
  container?(engine: EngineName, command: Command): ContainerPlan;
  /** Takes the GPUs of the slot from all who share the host. @throws CosmosError gpu_busy */
  reserve?(slot: number, run: string): Promise<void>;
  /** Gives them back; harmless when it has none. */
  release?(run: string): Promise<void>;
  /** What the GPUs of the slot do now, while the log of their run says nothing; left out: nobody can tell. */
  look?(slot: number): Promise<PlaceLook>;
  /** Who holds the slots on the host itself, by slot; left out: nobody else can. */
  leases?(): Promise<SlotLeases>;
  /** All runs that lie there, of whomever; left out: only ours can. */
  records?(): Promise<FoundRun[]>;
  /** How we are called in the records of our runs. */
  readonly owner?: string;
  /** Removes what a finished run leaves there; left out: it is kept. */
  cleanUp?(run: string): Promise<void>;
  /** What clients are shown; left out: this machine, which is always there. */
  facts?(): PlaceFacts;
}

/** The GPUs of a slot at one moment. */
export interface PlaceLook {
  readonly isWorking: boolean;
  /** For people, a line a GPU. */
  readonly text: string;
}

/** By slot; one that is not in it is held by nobody. */
export type SlotLeases = ReadonlyMap<number, SlotLease>;

/** A host as it was last seen. */
export interface PlaceFacts {
  readonly state: 'online' | 'unreachable';
  readonly reason: string;
  /** Why there is no way to it; null = there is, or nobody can tell why not. */
  readonly problem: HostTrouble | null;
  /** GPU model as the estimate tables name it. */
  readonly gpu: string | null;
  readonly gpus: number;
  /** Milliseconds since 1970. */
  readonly lastSeen: number | null;
}

export interface PlaceNeeds {
  get(host: string): Place | undefined;
  list(): readonly Place[];
  /** Why the host takes nothing new, in a sentence; undefined = it does. Left out: all do. */
  draining?(host: string): string | undefined;
}

export interface RunSettings {
  /** Tries of a transient failure before the job fails. */
  readonly retries: number;
  /** Seconds before the first retry; doubles each time. */
  readonly backoff: number;
  readonly canary: boolean;
  readonly groupPause: number;
  /** Minutes without log and progress after which a run counts as stuck; null = never. */
  readonly stallMinutes: number | null;
  /** Where videos land; null = beside the clip. */
  readonly resultsFolder: string | null;
}

/**
 * Called at every named moment: `<state>.<event>.before` (the effect is done, not recorded) and `.after` (recorded),
 * and `staged.started.spawned`. Fault tests end the process there.
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
  readonly places: PlaceNeeds;
  readonly logs: RunLogs;
  readonly progress: ProgressBoard;
  readonly work: WorkNotes;
  readonly stateDir: StateDir;
  readonly tools: MediaTools;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: RunSettings;
  /** Of Cosmos Bridge, for the provenance. */
  readonly version: string;
  /** Why a person has to decide before this prepared job is queued; null = nobody has to. */
  readonly holdReason: (job: Job, prepared: Prepared) => string | null;
  readonly boundary?: Boundary;
}
