/** What a demo measures when everything goes well, to be changed where a test cares. */
import type { Facts } from '../../../daemon/demo/facts.js';
import type { Estimate } from '../../../schemas/index.js';
import { sampleClip, sampleJob, sampleReport, sampleResult } from '../../support/samples.js';

const AT = '2026-01-01T00:00:00.000Z';

const estimate = (frames: number, chunks: number): Estimate => ({
  ...{ engine: 'transfer2.5', gpu: 'H100 PCIe', gpus: 1, frames, chunks, framesPerChunk: 93, secondsPerChunk: 264 },
  ...{ seconds: 264 * chunks, dollars: null, confidence: 'published', hint: null },
  source: "NVIDIA's published table (cosmos-transfer2.5 docs/inference.md)",
});

export function sampleFacts(changes: Partial<Facts> = {}): Facts {
  return {
    late: { pass: 'depth', frame: 12, reason: 'depth: frame 0012 missing', jobsMeanwhile: 0 },
    clip: sampleClip({ id: 'clip-1', path: '/tmp/demo/export/city_block', root: '/tmp/demo/export' }),
    kill: { killedPid: 10, nextPid: 20, fraction: 0.345, run: 'run-1', logAtDeath: 900, logBeforeNext: 1200 },
    job: sampleJob({ clip: 'clip-1', state: 'succeeded', run: 'run-1', attempt: 1 }),
    attempts: [
      {
        ...{ job: 'job-1', number: 1, run: 'run-1', position: 0, logFrom: 0, logTo: 2000, outcome: 'succeeded' },
        ...{ error: null, startedAt: AT, endedAt: AT },
      },
    ],
    runs: [
      {
        ...{ id: 'run-1', host: 'local', engine: 'preview', slot: 0, batchKey: 'k', state: 'ended', exitCode: 0 },
        ...{ pricePerHour: 0, createdAt: AT, startedAt: AT, endedAt: AT, members: ['job-1'] },
      },
    ],
    log: '[INFO] Processing sample city_block (1/1)\n',
    result: sampleResult({ video: '/tmp/demo/results/v.mp4', contactSheet: '/tmp/demo/results/sheet.png' }),
    video: { frames: 48, width: 640, height: 360, fps: { num: 24, den: 1 }, codec: 'h264', pixFmt: 'yuv420p' },
    specFile: '/tmp/demo/spec/city_block.json',
    check: sampleReport(),
    costs: { asIs: estimate(48, 1), long: estimate(121, 2) },
    events: 31,
    jumps: [],
    lastSeq: 31,
    exported: { frames: 48, width: 640, height: 360, fps: 24 },
    ...changes,
  };
}
