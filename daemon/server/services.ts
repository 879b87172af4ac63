/**
 * The interfaces that the methods need of the rest of the daemon, and no more. They are declared here, where they are
 * used; daemon/build.ts proves that the real classes fit.
 */
import type {
  AdoptedRun,
  Attempt,
  CheckReport,
  Clip,
  Dialect,
  EngineName,
  Estimate,
  Event,
  Host,
  HostCheck,
  HostDraft,
  HostProbe,
  HostQuestion,
  Job,
  JobOptions,
  JobState,
  NamedPreset,
  Params,
  Pictures,
  Plan,
  Prepared,
  Progress,
  QueueStatus,
  Result,
  ResultMark,
  ResultOf,
  Run,
  Watch,
  WatchMode,
} from '../../schemas/index.js';
import type { Seals } from '../queue/results.js';

/** Removes a listener. */
export type Unlisten = () => void;

export interface QueueService {
  get(id: string): Job | undefined;
  /** Newest last; `limit` keeps the newest. */
  list(filter: Params<'job.list'>): Job[];
  /** How many jobs are in each state that has any. */
  counts(): Partial<Record<JobState, number>>;
  /** These act on all jobs or on none, and return the jobs afterwards. They throw wrong_state. */
  cancel(ids: readonly string[]): Job[];
  retry(ids: readonly string[]): Job[];
  release(ids: readonly string[]): Job[];
  setPriority(ids: readonly string[], priority: number): Job[];
  /** null = before all others. */
  moveBefore(id: string, before: string | null): Job;
  status(): QueueStatus;
  pause(reason?: string): QueueStatus;
  resume(): QueueStatus;
  prepared(job: string): Prepared | null;
}

export interface RunService {
  get(id: string): Run | undefined;
  /** Newest last; `limit` keeps the newest, and without it there is a limit of the store's own. */
  list(limit?: number): Run[];
  /** Runs that hold a slot. */
  open(): Run[];
  /** Of a job: in order of number. Of a run: in order of position. */
  attempts(jobOrRun: string): Attempt[];
}

export interface ResultService {
  get(job: string): Result | undefined;
  /** Of what lies beside the video; results of older versions have none. */
  seals(job: string): Seals | undefined;
  /** Newest last; `limit` keeps the newest. */
  list(filter?: Params<'result.list'>): Result[];
  count(): number;
  mark(job: string, mark: ResultMark | null): Result;
}

export interface JournalService {
  /** Number of the last event; 0 = none yet. */
  readonly seq: number;
  /** Number of the oldest event still kept. */
  oldest(): number;
  /** Events after `seq`, in order, at most `limit`. */
  since(seq: number, limit?: number): Event[];
  /** Called after the commit, in order. */
  onEvent(listener: (event: Event) => void): Unlisten;
}

export interface FolderService {
  list(): Watch[];
  add(options: Params<'watch.add'>): Promise<Watch>;
  remove(path: string): Promise<void>;
  setAutoSend(path: string, on: boolean, preset?: string): Watch;
  register(path: string, mode?: WatchMode): Promise<Clip>;
  /** Removes the notes of renders from its folder. Throws as resolve does, wrong_state, or why they cannot go. */
  withdraw(reference: string): Promise<Clip>;
  /** By id, name or path. Throws not_found with near names, ambiguous with the candidates. */
  resolve(reference: string): Clip;
}

export interface ClipService {
  list(): Clip[];
}

export interface SubmissionService {
  submit(params: Params<'job.submit'>): Promise<Job[]>;
  plan(params: Params<'job.plan'>): Promise<Plan[]>;
  clone(ids: string[], options?: JobOptions): Promise<Job[]>;
  /** @param fence of the job as the caller saw it. */
  edit(id: string, options: JobOptions, fence?: number): Promise<Job>;
  compile(
    target: string,
    options?: JobOptions,
  ): Promise<{ text: string; report: CheckReport; estimate: Estimate | null }>;
  controls(params: Params<'spec.controls'>): ResultOf<'spec.controls'>;
  /** The plan of an existing job with changes, which are not made. */
  compileJob(id: string, options?: JobOptions): ReturnType<SubmissionService['compile']>;
}

export interface ThumbnailService {
  of(clip: Clip): Promise<Pictures>;
}

export interface SpecService {
  check(
    file: string,
    text: string,
    wish?: Pick<Params<'spec.check'>, 'engine' | 'job'>,
  ): Promise<ResultOf<'spec.check'>>;
  /** The same for the file on the disk. Throws the system error when it cannot be opened. */
  checkFile(file: string, wish?: Pick<Params<'spec.check'>, 'engine' | 'job'>): Promise<ResultOf<'spec.check'>>;
  translate(file: string, text: string, to: Dialect): Promise<ResultOf<'spec.translate'>>;
}

export interface EstimateService {
  /** The GPU that is assumed where none is named. */
  readonly defaultGpu: string;
  /** Of frames on a GPU, without a clip. */
  get(input: EstimateInput): Estimate;
}

export interface EstimateInput {
  readonly engine: EngineName;
  readonly frames: number;
  readonly framesPerChunk?: number;
  readonly gpu: string;
  readonly gpus?: number;
}

/** The daemon's own copies of the run logs. Offsets are bytes. */
export interface LogService {
  path(run: string): string;
  size(run: string): number;
  /** Up to where something was left out. */
  read(run: string, from: number, bytes: number): Promise<Buffer>;
  /** The first byte from `at` on that is kept: another one than `at` when that was left out of a long log. */
  keptFrom(run: string, at: number): number;
  /** Whether the log is complete: nothing will be appended. */
  isEnded(run: string): boolean;
}

export interface RunnerService {
  /** Why queued jobs do not start now, by job id. */
  waiting(): ReadonlyMap<string, string>;
  progress(job: string): Progress | undefined;
  onProgress(listener: (progress: Progress) => void): Unlisten;
  /** Called when a run's log grew, and once more when it is complete. */
  onLog(listener: (run: string) => void): Unlisten;
}

/** Puts the question of a host to a person; undefined = not answered. */
export type AskPerson = (question: HostQuestion) => Promise<readonly string[] | undefined>;

/** The client that watches a probe: it gets each finding at once, and the host's questions if it can ask a person. */
export interface Onlooker {
  readonly onCheck?: (check: HostCheck) => void;
  readonly ask?: AskPerson | undefined;
}

export interface HostService {
  /** A host of cosmos.toml by name, an SSH target, or one that is not added yet. */
  probe(host: string | HostDraft, onlooker?: Onlooker): Promise<HostProbe>;
  /** `force` = also when checks failed. Throws config_invalid when cosmos.toml cannot take it. */
  add(draft: HostDraft, force: boolean, onlooker?: Onlooker): Promise<ResultOf<'host.add'>>;
  /** Throws host_key_changed when the host shows another key, or why it cannot be reached. */
  trust(host: string, fingerprint: string): Promise<void>;
  /** Throws identity_locked when the passphrase does not open the key. */
  unlock(file: string, passphrase: string): Promise<void>;
}

/** The presets of cosmos.toml. All throw config_invalid when it cannot be read as it is now. */
export interface PresetService {
  list(): NamedPreset[];
  /** As the file was when it could last be read. */
  names(): string[];
  /** Throws wrong_state when there is one of that name and it is not to be replaced. */
  save(preset: NamedPreset, replace: boolean): ResultOf<'preset.save'>;
  /** Throws not_found with near names, or wrong_state while it is used. */
  remove(name: string): void;
}

/** The hosts that the daemon uses now. All throw not_found with near names. */
export interface FleetService {
  list(): Host[];
  /** Connects to a host while a person can answer its questions; throws the reason when it fails. */
  login(host: string, ask: AskPerson): Promise<Host>;
  /** Nothing new starts there. */
  drain(host: string, reason?: string): Host;
  resume(host: string): Host;
  /** Throws host_in_use when jobs are on it, unless `force`. */
  forget(host: string, force: boolean): Promise<ResultOf<'host.forget'>>;
  /** Runs of `owner`, or our own. */
  adopt(host: string, owner?: string): Promise<AdoptedRun[]>;
}

export interface DaemonService {
  readonly pid: number;
  readonly version: string;
  /** Changes with every start. */
  readonly startId: string;
  readonly startedAt: string;
  readonly stateDir: string;
  readonly config: { file: string | null; projects: string[] };
  /** Begins an orderly stop; returns at once. */
  stop(): void;
}

export interface Services {
  readonly queue: QueueService;
  readonly runs: RunService;
  readonly results: ResultService;
  readonly journal: JournalService;
  readonly folders: FolderService;
  readonly clips: ClipService;
  readonly submissions: SubmissionService;
  readonly specs: SpecService;
  readonly thumbnails: ThumbnailService;
  readonly estimates: EstimateService;
  readonly logs: LogService;
  readonly runner: RunnerService;
  readonly hosts: HostService;
  readonly fleet: FleetService;
  readonly presets: PresetService;
  readonly daemon: DaemonService;
}
