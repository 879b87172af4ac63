/** Whole things of the schemas, to be changed where a test cares. */
import type { CheckReport, Clip, Job, Plan, Result } from '../../schemas/index.js';
import { job } from './jobs.js';

const AT = '2026-01-01T00:00:00.000Z';

export function sampleJob(changes: Partial<Job> = {}): Job {
  const base = job({ id: 'job-1', name: 'shot010', fence: 1, tags: [] });
  const settings = {
    ...base.settings,
    prompt: 'a city block',
    weights: { edge: 0.5 },
    name: 'shot010',
    set: { seed: 1 },
  };
  return { ...base, settings, ...changes };
}

export function sampleClip(changes: Partial<Clip> = {}): Clip {
  return {
    id: 'clip-1',
    name: 'shot010',
    path: '/renders/shot010',
    root: '/renders',
    state: 'ready',
    reason: '',
    warnings: [],
    existing: false,
    revision: 1,
    passes: ['color', 'depth'],
    sources: { color: { pattern: 'color.####.png' }, depth: { pattern: 'depth.####.png' } },
    range: { first: 1, last: 48, step: 1 },
    frames: 48,
    fps: 24,
    width: 1280,
    height: 720,
    bytes: 12_000_000,
    contentKey: 'key',
    hasManifest: true,
    manifest: null,
    promptFile: null,
    specFile: null,
    updatedAt: AT,
    ...changes,
  };
}

export function sampleResult(changes: Partial<Result> = {}): Result {
  return {
    job: 'job-1',
    clip: 'clip-1',
    name: 'shot010_preview',
    video: '/renders/shot010_preview.mp4',
    provenance: '/renders/shot010_preview.json',
    poster: null,
    contactSheet: null,
    controls: {},
    sha256: 'a'.repeat(64),
    bytes: 1_200_000,
    frames: 48,
    width: 1280,
    height: 720,
    fps: 24,
    preview: true,
    stale: false,
    mark: null,
    createdAt: AT,
    ...changes,
  };
}

export function sampleReport(changes: Partial<CheckReport> = {}): CheckReport {
  return {
    file: '/state/spec.json',
    engine: 'transfer2.5',
    nvidia: 'accepts',
    stage: null,
    ok: true,
    issues: [],
    ...changes,
  };
}

export function samplePlan(changes: Partial<Plan> = {}): Plan {
  return {
    name: 'shot010',
    engine: 'transfer2.5',
    host: null,
    prompt: 'a city block',
    promptSource: 'submit',
    inputs: [{ path: '/renders/shot010/edge.mp4', bytes: 1_000_000 }],
    bytes: 1_000_000,
    spec: '{"name": "shot010"}\n',
    check: sampleReport(),
    estimate: {
      engine: 'transfer2.5',
      gpu: 'H100 PCIe',
      gpus: 1,
      frames: 121,
      chunks: 2,
      framesPerChunk: 93,
      secondsPerChunk: 300,
      seconds: 600,
      dollars: null,
      source: "NVIDIA's published table",
      confidence: 'published',
      hint: '93 frames would be one chunk.',
    },
    wouldHold: 'the prompt is a template',
    ...changes,
  };
}
