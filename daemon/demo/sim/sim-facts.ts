/** The measurements on the simulated host, of which its proofs and its part of the last screen are made. */
import type { EngineName, Media } from '../../../schemas/index.js';
import type { Told } from './sim-log.js';

export interface Container {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** "Up 4 seconds". */
  readonly status: string;
}

export interface Gpu {
  readonly index: number;
  readonly name: string;
  readonly usedMiB: number;
}

export interface Sighting {
  readonly containers: readonly Container[];
  readonly gpus: readonly Gpu[];
}

/** A file with its content's hash, as the provenance of the result names it. */
export interface Input {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface HostFacts {
  readonly name: string;
  readonly engine: EngineName;
  /** "artist@127.0.0.1:2222". */
  readonly login: string;
  /** Fingerprint of its key, "SHA256:...". */
  readonly hostKey: string;
  /** Version of the Docker engine. */
  readonly docker: string;
  readonly image: string;
  /** While no daemon lived; while the next one followed the run; when the daemon had removed the container. */
  readonly orphaned: Sighting;
  readonly adopted: Sighting;
  readonly after: Sighting;
  /** Container of every start, by the Docker engine's own journal. */
  readonly starts: readonly string[];
  readonly inputs: readonly Input[];
  /** What the container said about itself and its inputs. */
  readonly told: Told;
  /** What the spec asks of the video. */
  readonly expected: Media;
  /** Every stage of the run that was reported, in order. */
  readonly stages: readonly string[];
  /** The fraction of the run never fell. */
  readonly monotone: boolean;
}
