/** The parts of the daemon that watching needs. daemon/build.ts proves that the real classes fit. */
import type { Clip, FrozenFile, Watch } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { NameReader } from './names.js';
import type { Prober } from './probe.js';

export interface ClipStoreLike {
  get(id: string): Clip | undefined;
  list(): Clip[];
  /** `type` says what has happened: "found", a state, or "changed". */
  put(clip: Clip, type: string): void;
  remove(id: string): void;
}

export interface WatchStoreLike {
  list(): Watch[];
  get(path: string): Watch | undefined;
  put(watch: Watch, type: string): void;
  remove(path: string): void;
}

/** Called for a clip with complete files: why a submit of it would be refused; null = it would not. */
export type Objection = (clip: Clip, files: readonly FrozenFile[]) => Promise<string | null>;

/** Shared by all observed clips. */
export interface Surroundings {
  /** *Ready* means that a submit would succeed, and only the code of the submit can say that. */
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
