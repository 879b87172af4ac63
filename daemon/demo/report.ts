/** What `cosmos demo --json` prints: one object, whether it went well or not. */
import type { JobState } from '../../schemas/index.js';
import type { Facts } from './facts.js';
import type { Proof } from './proofs.js';

export interface DemoReport {
  readonly ok: boolean;
  /** Absolute path of the exported clip; null when it did not come so far, as in the fields below. */
  readonly clip: string | null;
  readonly job: string | null;
  readonly state: JobState | null;
  readonly output: string | null;
  readonly contactSheet: string | null;
  readonly spec: string | null;
  readonly frames: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly fps: number | null;
  /** Seconds of the whole demo. */
  readonly seconds: number;
  /** One sentence for each thing that was measured and holds. */
  readonly proved: readonly string[];
  /** One sentence; only when ok is false. */
  readonly error?: string;
}

export function successReport(facts: Facts, proofs: readonly Proof[], seconds: number): DemoReport {
  const { clip, job, result, video, specFile } = facts;
  const failed = proofs.find(({ holds }) => !holds);
  return {
    ok: failed === undefined,
    ...{ clip: clip.path, job: job.id, state: job.state, output: result.video, contactSheet: result.contactSheet },
    spec: specFile,
    ...{ frames: video.frames, width: video.width, height: video.height, fps: video.fps.num / video.fps.den },
    seconds: Math.round(seconds * 10) / 10,
    proved: proofs.filter(({ holds }) => holds).map(({ claim }) => claim),
    ...(failed !== undefined && { error: failed.instead }),
  };
}

export function failureReport(error: string, seconds: number): DemoReport {
  return {
    ok: false,
    ...{ clip: null, job: null, state: null, output: null, contactSheet: null, spec: null },
    ...{ frames: null, width: null, height: null, fps: null },
    seconds: Math.round(seconds * 10) / 10,
    proved: [],
    error,
  };
}
