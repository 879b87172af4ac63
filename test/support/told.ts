/** Jobs and runs as the daemon tells them. */
import type { Job, Run } from '../../schemas/index.js';

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
