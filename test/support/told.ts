/** Things as the daemon tells them. */
import type { Clip, Host, Job, Result, Run, Watch } from '../../schemas/index.js';

export function makeJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    clip: 'c1',
    name: 'lot',
    source: { kind: 'clip', clip: 'c1', revision: 1 },
    settings: {
      engine: 'preview',
      host: null,
      preset: null,
      prompt: 'a wet street',
      promptSource: 'submit',
      promptOverridden: [],
      weights: {},
      name: 'lot',
      set: {},
    },
    state: 'queued',
    reason: '',
    engine: 'preview',
    host: null,
    run: null,
    priority: 0,
    position: 1,
    attempt: 0,
    fence: 1,
    progress: null,
    eta: null,
    output: null,
    error: null,
    edited: false,
    stopReason: null,
    notBefore: null,
    sweep: null,
    project: null,
    tags: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    endedAt: null,
    ...changes,
  };
}

export function makeRun(changes: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    host: 'gpu1',
    engine: 'transfer2.5',
    slot: 0,
    batchKey: 'k',
    state: 'open',
    exitCode: null,
    pricePerHour: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    members: ['j1'],
    ...changes,
  };
}

export function makeClip(changes: Partial<Clip> = {}): Clip {
  return {
    id: 'c1',
    name: 'lot',
    path: '/exports/lot',
    root: '/exports',
    state: 'ready',
    reason: '',
    warnings: [],
    existing: false,
    revision: 1,
    passes: ['color', 'depth'],
    sources: {},
    range: null,
    frames: 48,
    fps: 24,
    width: 1280,
    height: 720,
    bytes: 1000,
    contentKey: 'k',
    hasManifest: false,
    manifest: null,
    promptFile: null,
    specFile: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}

export function makeWatch(changes: Partial<Watch> = {}): Watch {
  const settings = { mode: 'tree', settle: 2, poll: false, autoSend: false, preset: null, fps: 24 } as const;
  return { path: '/exports', ...settings, source: 'added', state: 'online', ...changes };
}

export function makeHost(changes: Partial<Host> = {}): Host {
  return {
    id: 'gpu1',
    kind: 'ssh',
    state: 'online',
    reason: '',
    draining: null,
    problem: null,
    engines: ['transfer2.5'],
    gpu: 'H100',
    gpus: 4,
    slots: [],
    pricePerHour: 2.5,
    lastSeen: null,
    ...changes,
  };
}

export function makeResult(changes: Partial<Result> = {}): Result {
  return {
    job: 'j1',
    clip: 'c1',
    name: 'lot_aug',
    video: '/exports/lot_aug.mp4',
    provenance: '/exports/lot_aug.json',
    poster: null,
    contactSheet: null,
    controls: {},
    sha256: '0',
    bytes: 1000,
    frames: 4,
    width: 64,
    height: 48,
    fps: 24,
    preview: true,
    stale: false,
    mark: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  };
}
