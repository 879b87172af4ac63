/** What a check is given. */
import type { EngineName, HostConfig } from '../../../schemas/index.js';
import type { Clock } from '../../clock.js';
import type { Remote } from '../shell/remote.js';

/** What an engine needs on a host; the interface Host itself knows no engine. */
export interface EngineNeeds {
  readonly engine: EngineName;
  /** GB that every GPU of a run must have; null = it needs no GPU. */
  readonly memoryGb: number | null;
  /** Oldest NVIDIA driver; null = any. */
  readonly driver: string | null;
  /** Address of its repository, for `git clone`. */
  readonly repository: string;
  /** A file that a checkout has, relative to it. */
  readonly entry: string;
  /** Day of the oldest usable commit, YYYY-MM-DD; null = any. */
  readonly since: string | null;
  /** Whether it downloads models for which the user must be granted access first. */
  readonly gated: boolean;
}

/**
 * A host as it is, or will be, configured. No root = a folder in the home of the SSH user. `ownership` is absent
 * for a bare SSH target, because the configuration does not say yet whose host it is.
 */
export type ProbedHost = Omit<HostConfig, 'root' | 'ownership'> & Partial<Pick<HostConfig, 'root' | 'ownership'>>;

export interface ProbeContext {
  readonly remote: Remote;
  readonly config: ProbedHost & { readonly root: string };
  /** Of the engines that the host is configured for. */
  readonly needs: readonly EngineNeeds[];
  readonly clock: Clock;
  /** Who logs in, for sentences. */
  readonly user: string;
}
