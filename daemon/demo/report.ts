/** Makes the one object that `cosmos demo --json` prints, after success and after failure. */
import type { EngineName } from '../../schemas/index.js';
import type { JobState } from '../../schemas/received.js';
import type { Proof } from './claim.js';
import type { Facts } from './facts.js';
import type { HostFacts } from './sim/sim-facts.js';

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
  /** Only when the run was on the simulated host: who made the video, and where. */
  readonly engine?: EngineName;
  readonly simulated?: true;
  readonly host?: HostReport;
  /** One sentence; only when ok is false. */
  readonly error?: string;
}

export type HostReport = Pick<HostFacts, 'name' | 'login' | 'hostKey' | 'docker' | 'image' | 'stages'> & {
  /** Full id; the same before and after the daemon was killed. */
  readonly container: string | null;
  /** Bytes of all inputs, and of the video. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
};

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
    ...(facts.host !== undefined && hostReport(facts.host, facts)),
    ...(failed !== undefined && { error: failed.instead }),
  };
}

function hostReport(host: HostFacts, { result }: Facts): Pick<DemoReport, 'engine' | 'simulated' | 'host'> {
  const { name, login, hostKey, docker, image, stages, adopted, inputs, engine } = host;
  const container = adopted.containers[0]?.id ?? null;
  const sentBytes = inputs.reduce((sum, { bytes }) => sum + bytes, 0);
  const what = { name, login, hostKey, docker, image, container, sentBytes, receivedBytes: result.bytes, stages };
  return { engine, simulated: true, host: what };
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
