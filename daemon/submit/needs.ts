/** The parts of the daemon that submitting needs. build.ts proves that the real classes fit. */
import type {
  Clip,
  Config,
  EngineName,
  Estimate,
  FrozenFile,
  HintKey,
  Job,
  JobSettings,
  JobState,
  NamedPreset,
  Watch,
} from '../../schemas/index.js';
import type { Move } from '../job/life.js';
import type { Logger } from '../log.js';
import type { JobDraft, JobFacts } from '../queue/job-draft.js';

export interface QueueNeeds {
  submit(drafts: readonly JobDraft[], idempotencyKey?: string): Job[];
  get(id: string): Job | undefined;
  list(filter: { states?: readonly JobState[]; clip?: string }): Job[];
  move(job: Job, move: Move): Job | undefined;
  /** Whether a waiting job is still a member of a run that may exist on its host. */
  isInRun(job: Job): boolean;
  /** undefined = the job was moved since the caller read it. */
  edit(job: Job, settings: JobSettings, facts?: JobFacts): Job | undefined;
}

export interface FolderNeeds {
  /** By id, name or path. Throws not_found with near names, or ambiguous. */
  resolve(reference: string): Clip;
  /** The files of the clip as they are now. */
  files(clip: Clip): Promise<FrozenFile[]>;
  list(): Watch[];
}

export interface EstimateQuestion {
  readonly engine: EngineName;
  readonly host: string | null;
  /** Frames of the clip, before max_frames. */
  readonly frames: number;
  readonly hints: readonly HintKey[];
  /** Fields of the spec. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** null = no name is given. All throw not_found with near names. */
export interface PresetNeeds {
  /** Throws config_invalid when cosmos.toml cannot be read as it is now. */
  find(name: string | undefined): NamedPreset | null;
  /** For auto-send: when cosmos.toml cannot be read now, the presets of the last readable version count. */
  findAlone(name: string | undefined): NamedPreset | null;
}

export interface SubmissionDeps {
  readonly queue: QueueNeeds;
  readonly results: { markStale(clip: string, exceptRevision: number): unknown };
  readonly folders: FolderNeeds;
  readonly clips: { list(): Clip[]; get(id: string): Clip | undefined };
  readonly presets: PresetNeeds;
  readonly config: Pick<Config, 'defaults' | 'project'>;
  /** null = there is no estimate. */
  readonly estimate: (question: EstimateQuestion) => Estimate | null;
  /** Dollars per hour of the dearest host that a job with these wishes may get; 0 = none costs anything. */
  readonly pricePerHour: (wish: Pick<JobSettings, 'engine' | 'host'>) => number;
  readonly log: Logger;
}
