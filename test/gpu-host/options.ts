/** What a test may ask of a host, and what a host without wishes is. */

/** Login shells of real users; each quotes differently, so only a constant command may cross them. */
export type LoginShell = 'bash' | 'fish' | 'tcsh';

export interface WanOptions {
  /** Round trip in milliseconds. */
  readonly roundTripMs: number;
  /** Rate of each direction in megabits per second. */
  readonly megabits: number;
}

export interface GpuHostOptions {
  /** What `hostname` says. */
  readonly name?: string;
  readonly shell?: LoginShell;
  /** Image tars for `docker load`. */
  readonly images?: readonly string[];
  /** false: no Docker client and no engine. */
  readonly docker?: boolean;
  /** false: the user is not in the group `docker`, and the engine's socket refuses it. */
  readonly dockerGroup?: boolean;
  /** false: without nvidia-container-runtime-hook, so that the engine knows no GPUs. */
  readonly toolkit?: boolean;
  /** false: no `nvidia-smi`. */
  readonly driver?: boolean;
  /** The engine keeps containers while it restarts; off is Docker's own default. */
  readonly liveRestore?: boolean;
  /** Puts the host behind a slow line, in a network namespace of its own. */
  readonly wan?: WanOptions;
  /** Size of a file system of its own for the user's home, so that ENOSPC can be had. */
  readonly homeBytes?: number;
  /** Lines for sshd_config; sshd takes the first of equal keywords, and these come first. */
  readonly sshdConfig?: readonly string[];
}

export type Settings = Required<Omit<GpuHostOptions, 'wan' | 'homeBytes'>> & Pick<GpuHostOptions, 'wan' | 'homeBytes'>;

const DEFAULTS: Settings = {
  name: 'gpu01',
  shell: 'bash',
  images: [],
  docker: true,
  dockerGroup: true,
  toolkit: true,
  driver: true,
  liveRestore: false,
  sshdConfig: [],
};

export function withDefaults(options: GpuHostOptions): Settings {
  return { ...DEFAULTS, ...options };
}
