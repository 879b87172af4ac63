/** The seam "what to run". An engine knows a model family: its spec dialect, command, log and outputs. */
import type { Dialect, EngineName, HintKey, Media, Prepared } from '../../schemas/index.js';

export interface EngineCapabilities {
  readonly hints: readonly HintKey[];
  /** Hints it can compute itself from the colour pass. */
  readonly computes: readonly HintKey[];
  /** How weights act: raw sum, normalised to 1, or (preview) a linear mix. */
  readonly weights: 'summed' | 'normalised' | 'mixed';
  /** GPUs one run may hold; 0 = runs on CPU. */
  readonly gpus: readonly number[];
  /** GPU memory of one run, GB; null = none. */
  readonly memoryGb: number | null;
}

/** A job inside a run, as the engine sees it. Paths are on the host, relative to the run folder, with forward slashes. */
export interface Member {
  readonly job: string;
  readonly prepared: Prepared;
  /** Spec file: "specs/<name>.json" lies beside "specs/inputs/". */
  readonly spec: string;
}

/** A command line and what it needs; never a shell string. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** What the log says about one member. */
export interface MemberProgress {
  readonly job: string;
  readonly stage: string;
  /** 0..1 of this member. */
  readonly fraction: number;
  /** Byte of the log at which the member begins, once known. */
  readonly logFrom?: number;
}

/** Reads a run log as it grows. Bytes arrive once, in order, cut anywhere. */
export interface LogReader {
  push(bytes: Uint8Array): MemberProgress[];
}

/** How one member ended, judged by files and log lines, never by the exit code alone. */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly outputs: Outputs }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
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
}

export interface Engine {
  readonly name: EngineName;
  readonly dialect: Dialect;
  readonly capabilities: EngineCapabilities;
  /** Jobs with equal keys may share one model load without changing the picture. */
  batchKey(prepared: Prepared): string;
  /** The command of a run; it writes below "out/" of `runFolder` (an absolute path on the host). */
  command(members: readonly Member[], runFolder: string): Command;
  logReader(members: readonly Member[]): LogReader;
  /** `files` are all files of the run folder, `log` its last 64 KiB. */
  outcome(member: Member, files: readonly RunFile[], log: string, exitCode: number | null): Outcome;
  /** The media the output must have. */
  expect(prepared: Prepared): Media;
}
