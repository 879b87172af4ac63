/** The seam "where to run". A host stages files, keeps a detached process and its log, and knows nothing about Cosmos. */

import type * as z from 'zod';

/** A file to bring into the run folder; `to` is relative to it, with forward slashes. */
export interface StagedFile {
  readonly from: string;
  readonly to: string;
  readonly sha256: string;
}

/** The largest size of a file that is fetched, in bytes; a bigger file stays on the host. */
export interface FetchLimit {
  readonly bytes: number;
  /** What the file is, for sentences: "the video of 93 frames of 1280x704". */
  readonly what: string;
  /** Local folder that will hold a second copy: its disk must have room for it too. */
  readonly alsoIn?: string;
}

/** A file of the run (`from`, relative to its folder) and the absolute local path that it gets. */
export interface CollectedFile {
  readonly from: string;
  readonly to: string;
  readonly limit: FetchLimit;
}

export interface HostCommand {
  readonly argv: readonly [string, ...string[]];
  /** Bytes of log after which the host ends the run by itself, so that a log cannot fill its disk. */
  readonly logLimit?: number;
  readonly env: Readonly<Record<string, string>>;
  /** The container that runs the command; left out = a plain process. Hosts without containers refuse it. */
  readonly container?: ContainerPlan;
  /** Facts that explain the run without our database (jobs, price); kept in the run folder. Never secrets. */
  readonly about?: Readonly<Record<string, z.core.util.JSONType>>;
}

/** How a command is put into a container. All paths are absolute ones; `source` on the host, `target` inside. */
export interface ContainerPlan {
  readonly image: string;
  /** The image keeps its own entry point, which gets the command as its arguments. */
  readonly entrypoint: 'image';
  /** null = the run folder. */
  readonly workdir: string | null;
  readonly mounts: readonly { readonly source: string; readonly target: string; readonly readonly: boolean }[];
  /** Named volumes of the container engine; made when they are not there. */
  readonly volumes: readonly { readonly name: string; readonly target: string }[];
  readonly ipc: string;
  /** File on the host with one NAME=VALUE per line, readable only by its owner. Secrets are kept here. */
  readonly envFile: string | null;
  /** Indexes of the GPUs as nvidia-smi counts them; empty = none. */
  readonly gpus: readonly number[];
}

/** absent = never started here. lost = started, no longer alive, no exit code. */
export type RunStatus =
  | { readonly state: 'absent' }
  | { readonly state: 'running'; readonly logBytes: number }
  /** outOfMemory: the kernel ended a process of the run because the container had no memory left. */
  | { readonly state: 'exited'; readonly exitCode: number; readonly logBytes: number; readonly outOfMemory?: boolean }
  | { readonly state: 'lost'; readonly logBytes: number };

export interface RemoteFile {
  readonly path: string;
  readonly bytes: number;
}

export interface Host {
  readonly id: string;
  /** Absolute path of a run's folder on the host. */
  runFolder(run: string): string;
  /** Sends the files that the host lacks; may be repeated. Throws when the host is unreachable or full. */
  stage(run: string, files: readonly StagedFile[], signal: AbortSignal): Promise<void>;
  /** Starts the run detached, at most once: if it was started before, that run is kept. */
  start(run: string, command: HostCommand): Promise<void>;
  inspect(run: string): Promise<RunStatus>;
  /** The log from byte `from`, live; ends when the run has ended and every byte was given. */
  follow(run: string, from: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /**
   * The same for another file of the run, relative to its folder, that grows; also one that is not there yet. Hosts
   * that only keep the log do not have it.
   */
  followFile?(run: string, file: string, from: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Kills the whole process tree; resolves when it is verified gone. Harmless when it already is. */
  stop(run: string): Promise<void>;
  /** All regular files below the run folder. @throws CosmosError too_much_from_host when they are more than `most`. */
  files(run: string, most: number): Promise<RemoteFile[]>;
  /**
   * Copies files of the run here, each by temp name and rename. Links, and paths outside the run folder, are refused.
   * @throws CosmosError too_much_from_host before anything is fetched, no_space_here when a disk here would be too full.
   */
  collect(run: string, files: readonly CollectedFile[], signal: AbortSignal): Promise<void>;
  /** Removes the run folder. */
  remove(run: string): Promise<void>;
}
