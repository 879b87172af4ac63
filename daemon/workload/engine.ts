/** The interface that every engine implements: its spec dialect, command, log and outputs. */
import type { Dialect, EngineName, FailureClass, Media, Prepared } from '../../schemas/index.js';
import type { EngineControls } from '../../schemas/spec/engine-controls.js';

export interface EngineCapabilities extends EngineControls {
  /** Numbers of GPUs that one run may hold; 0 = runs on CPU. */
  readonly gpus: readonly number[];
  /** GPU memory that every GPU of a run must have free, GB; null = none. */
  readonly memoryGb: number | null;
}

/** A job inside a run, as the engine sees it. Paths are on the host, relative to the run folder, with forward slashes. */
export interface Member {
  readonly job: string;
  readonly prepared: Prepared;
  /** Spec file: "specs/<name>.json" lies beside "specs/inputs/". */
  readonly spec: string;
}

/** What a host gives to one run. */
export interface Seat {
  /** Indices of the GPUs on the host, as nvidia-smi counts them. */
  readonly gpus: readonly number[];
  /** TCP port of the host that no other run uses: the processes of a run on several GPUs meet there. */
  readonly masterPort: number;
}

/** A command line and what it needs; never a shell string. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Folder it starts in, inside the container; left out: wherever the host starts it. */
  readonly workdir?: string;
  /** Indices of the GPUs it is given; left out: none. */
  readonly gpus?: readonly number[];
}

/** What a run is busy with, in this order; `download` and `load` may alternate. */
export type Phase = 'start' | 'download' | 'load' | 'guardrail' | 'generate' | 'save';

/** The `at`-th of `of`. Chunks are counted from 1; of steps, `at` are done. */
export interface Count {
  readonly at: number;
  readonly of: number;
}

/** What the log says about one member. */
export interface MemberProgress {
  readonly job: string;
  /** For people: "chunk 2/5, step 12/35". */
  readonly stage: string;
  /** 0..1 of this member; never falls. */
  readonly fraction: number;
  /** Byte of the log at which the member begins, once known. */
  readonly logFrom?: number;
  readonly phase?: Phase;
  readonly chunk?: Count;
  readonly step?: Count;
  /**
   * The safety filter refused the member, in its own words. No video will come, and a run on several GPUs hangs from
   * here on, so it is stopped instead of waiting until it is found stuck.
   */
  readonly refused?: string;
}

/** Reads a run log as it grows. Bytes arrive once, in order, cut anywhere. */
export interface LogReader {
  /** @param sideLog which of the engine's side logs the bytes are of, by its path; left out: the log of the run. */
  push(bytes: Uint8Array, sideLog?: string): MemberProgress[];
  /** The next `bytes` bytes of the run's log are missing: they were not kept. */
  skip(bytes: number): void;
}

/** Why a run or a member failed, as far as its log tells: an entry of failures/all.ts with the values of this case. */
export interface Failure {
  /** Stable, for programs: "gpu_memory"; docs/FAILURES.md has all. */
  readonly code: string;
  readonly class: FailureClass;
  /** Not retried automatically, whatever its class, because the GPU time would be paid for twice. */
  readonly isFinal?: true;
  /** What happened. */
  readonly sentence: string;
  /** What to do. */
  readonly remedy: string;
}

/** How one member ended, judged by files and log lines, never by the exit code alone. */
export type MemberOutcome =
  | { readonly kind: 'succeeded'; readonly outputs: Outputs }
  | { readonly kind: 'refused'; readonly message: string }
  /** `failure` says whether another slot or a later try could help; absent = not known. */
  | { readonly kind: 'failed'; readonly message: string; readonly failure?: Failure }
  /** The run ended before it came to this member. */
  | { readonly kind: 'unreached' };

/** Files of one member, relative to the run folder, forward slashes. */
export interface Outputs {
  readonly video: string;
  /** Hint key -> control video as the model saw it. */
  readonly controls: Readonly<Record<string, string>>;
  /** Everything else worth keeping: resolved arguments, prompt. */
  readonly others: readonly string[];
}

export interface RunFile {
  readonly path: string;
  readonly bytes: number;
  /** Its last 256 KiB as text, for the files that the engine names as evidence. */
  readonly text?: string;
}

export interface Engine {
  readonly name: EngineName;
  readonly dialect: Dialect;
  readonly capabilities: EngineCapabilities;
  /** Files of the run folder that grow beside its log and say more; followed like it, each from an offset of its own. */
  readonly sideLogs?: readonly string[];
  /** Jobs with equal keys may share one model load without changing the picture. */
  batchKey(prepared: Prepared): string;
  /**
   * The command of a run; it writes below "out/" of `runFolder` (an absolute path on the host).
   * @throws CosmosError internal when it needs GPUs and no `seat` is given.
   */
  command(members: readonly Member[], runFolder: string, seat?: Seat): Command;
  /** @param gpus that the run holds, when known: every one of them draws its own progress bars. */
  logReader(members: readonly Member[], gpus?: number): LogReader;
  /** Files of the run folder without whose text `outcome` can only guess; those that exist are to be read before. */
  evidence?(member: Member): readonly string[];
  /** `files` are all files of the run folder, `log` is the end of its log. */
  outcome(member: Member, files: readonly RunFile[], log: string, exitCode: number | null): MemberOutcome;
  /** The media the output must have. */
  expect(prepared: Prepared): Media;
}
