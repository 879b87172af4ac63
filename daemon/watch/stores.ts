/** What watching needs of the rest of the daemon, and no more; daemon/build.ts proves that the real things fit. */
import type { Clip, FrozenFile, Watch } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { NameReader } from './names.js';
import type { Prober } from './probe.js';

export interface ClipStoreLike {
  get(id: string): Clip | undefined;
  list(): Clip[];
  /** `type` names the moment: "found", a state, or "changed". */
  put(clip: Clip, type: string): void;
  remove(id: string): void;
}

export interface WatchStoreLike {
  list(): Watch[];
  get(path: string): Watch | undefined;
  put(watch: Watch, type: string): void;
  remove(path: string): void;
}

/** Asked of a clip whose files are whole: why a submit of it would be refused all the same; null = it would not. */
export type Objection = (clip: Clip, files: readonly FrozenFile[]) => Promise<string | null>;

/** What every observed clip shares. */
export interface Surroundings {
  /** *Ready* means that a submit is taken, and only the code that takes it can say so. */
  readonly objection: Objection;
  readonly clips: ClipStoreLike;
  readonly clock: Clock;
  readonly log: Logger;
  readonly prober: Prober;
  readonly reader: NameReader;
  /** True for the absolute path of a file that is an output of ours under a name of the user's choice. */
  readonly ownOutputs: (path: string) => boolean;
  /** The kind of network drive that a folder is on; undefined = a disk of this machine. */
  readonly networkMount: (folder: string) => Promise<string | undefined>;
  /** A revision became ready. */
  readonly announce: (clip: Clip) => void;
}
