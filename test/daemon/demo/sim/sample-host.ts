/** What is seen of a simulated host when everything goes well, to be changed where a test cares. */
import type { HostFacts, Sighting } from '../../../../daemon/demo/sim/sim-facts.js';

export const CONTAINER = 'c'.repeat(64);

export function sighting(usedMiB: readonly number[], ids: readonly string[]): Sighting {
  return {
    containers: ids.map((id) => ({ id, name: 'cosmos-run-1', image: 'cosmos-sim:1', status: 'Up 4 seconds' })),
    gpus: usedMiB.map((used, index) => ({ index, name: 'NVIDIA H100 80GB HBM3', usedMiB: used })),
  };
}

export function sampleHost(changes: Partial<HostFacts> = {}): HostFacts {
  const busy = sighting([60_000, 0], [CONTAINER]);
  return {
    ...{ name: 'sim', engine: 'transfer2.5', login: 'artist@127.0.0.1:2222', hostKey: `SHA256:${'k'.repeat(43)}` },
    ...{ docker: '27.1.0', image: 'cosmos-sim:1', orphaned: busy, adopted: busy, after: sighting([0, 0], []) },
    starts: ['cosmos-probe-x', 'cosmos-run-1'],
    inputs: [{ path: 'inputs/depth.mp4', sha256: 'd'.repeat(64), bytes: 1000 }],
    told: { processes: 1, inputs: ['d'.repeat(64)] },
    expected: { frames: 48, width: 640, height: 360, fps: { num: 24, den: 1 } },
    stages: ['loading the model', 'chunk 1/1, step 1/35', 'chunk 1/1, step 35/35', 'finished'],
    monotone: true,
    ...changes,
  };
}
