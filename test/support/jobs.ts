import type { JobDraft } from '../../daemon/queue/job-draft.js';
import type { Clip, Job, Prepared, Result, Watch } from '../../schemas/index.js';

/** What a submit of a small clip to the preview engine makes. */
export function draft(change: Partial<JobDraft> = {}): JobDraft {
  return {
    clip: 'clip-1',
    name: 'street',
    source: { kind: 'clip', clip: 'clip-1', revision: 1 },
    files: [],
    settings: {
      engine: 'preview',
      host: null,
      preset: null,
      prompt: 'a destroyed street at dawn',
      promptSource: 'submit',
      promptOverridden: [],
      weights: { depth: 0.5, edge: 'off' },
      name: 'street',
      set: { seed: 7 },
    },
    engine: 'preview',
    host: null,
    priority: 0,
    project: null,
    tags: ['test'],
    sweep: null,
    ...change,
  };
}

/** A job without a database. */
export function job(change: Partial<Job> = {}): Job {
  const at = '2026-01-01T00:00:00.000Z';
  const { files: _, ...facts } = draft(); // files stay beside the job
  return {
    ...facts,
    id: 'job-22222222',
    state: 'queued',
    reason: '',
    run: null,
    position: 1,
    attempt: 0,
    fence: 0,
    progress: null,
    eta: null,
    output: null,
    error: null,
    edited: false,
    stopReason: null,
    notBefore: null,
    createdAt: at,
    updatedAt: at,
    startedAt: null,
    endedAt: null,
    ...change,
  };
}

export const prepared: Prepared = {
  name: 'street',
  spec: '/state/jobs/job-22222222/spec.json',
  specSha256: 'a'.repeat(64),
  inputs: [{ path: 'inputs/depth.mp4', sha256: 'b'.repeat(64), bytes: 1000 }],
  media: { frames: 48, width: 640, height: 360, fps: { num: 24, den: 1 } },
  hints: ['depth'],
};

export function clip(change: Partial<Clip> = {}): Clip {
  return {
    id: 'clip-1',
    name: 'street',
    path: '/shots/street',
    root: '/shots',
    state: 'ready',
    reason: '',
    warnings: [],
    existing: false,
    revision: 1,
    passes: ['depth'],
    sources: { depth: { pattern: 'depth.####.png' } },
    range: { first: 1, last: 48, step: 1 },
    frames: 48,
    fps: 24,
    width: 640,
    height: 360,
    bytes: 1000,
    contentKey: 'key',
    hasManifest: false,
    manifest: null,
    promptFile: null,
    specFile: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}

export const watch: Watch = {
  path: '/shots',
  mode: 'tree',
  settle: 5,
  poll: false,
  autoSend: false,
  preset: null,
  fps: 24,
  source: 'added',
  state: 'online',
};

export function result(jobId: string, change: Partial<Result> = {}): Result {
  return {
    job: jobId,
    clip: 'clip-1',
    name: 'street',
    video: '/shots/street/street_preview.mp4',
    provenance: '/shots/street/street_preview.json',
    poster: null,
    contactSheet: null,
    controls: {},
    sha256: 'c'.repeat(64),
    bytes: 1000,
    frames: 48,
    width: 640,
    height: 360,
    fps: 24,
    preview: true,
    stale: false,
    mark: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}
