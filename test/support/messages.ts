/** Things as the daemon tells them to the extension: short ids, one clip called "lot". */
import type { Clip, Host, Job, Result, Run, Watch } from '../../schemas/index.js';
import { sampleClip, sampleJob, sampleResult } from './samples.js';

export function makeJob(changes: Partial<Job> = {}): Job {
  const base = sampleJob({ id: 'j1', clip: 'c1', name: 'lot', source: { kind: 'clip', clip: 'c1', revision: 1 } });
  const settings = { ...base.settings, prompt: 'a wet street', weights: {}, name: 'lot', set: {} };
  return { ...base, settings, ...changes };
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
  return sampleClip({ id: 'c1', name: 'lot', path: '/exports/lot', root: '/exports', ...changes });
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
  return sampleResult({ job: 'j1', clip: 'c1', name: 'lot_aug', video: '/exports/lot_aug.mp4', ...changes });
}
