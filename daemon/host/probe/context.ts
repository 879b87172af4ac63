/** What a check is given. */
import type { EngineName, HostConfig } from '../../../schemas/index.js';
import type { Clock } from '../../clock.js';
import type { Remote } from '../shell/remote.js';

/** What an engine asks of a host; the host seam itself knows no engine. */
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
  /** Whether it downloads models that a person has to be admitted to. */
  readonly gated: boolean;
}

/**
 * A host as it is, or will be, configured. Without a root, one in the home of the SSH user is meant; nobody has said
 * yet whose host a bare SSH target is.
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
