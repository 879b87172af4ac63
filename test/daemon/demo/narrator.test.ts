import { expect, test } from 'vitest';
import { Narrator } from '../../../daemon/demo/narrator.js';
import { Stage } from '../../../daemon/demo/stage.js';
import type { Clip, Event } from '../../../schemas/index.js';
import { ManualClock } from '../../support/clock.js';
import { fakeDoor } from '../../support/doors.js';
import { sampleClip, sampleJob } from '../../support/samples.js';

function told(play: (narrator: Narrator) => void): string[] {
  const { door, written } = fakeDoor();
  play(new Narrator(new Stage(door, new ManualClock()), 48));
  return written()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice('  0.0s  '.length));
}

const about = { seq: 1, at: '2026-01-01T00:00:00.000Z', id: 'x', type: 'changed' } as const;
const clip = (changes: Partial<Clip>): Event => ({ ...about, kind: 'clip', data: sampleClip(changes) });

test('a clip is told when its state changes, an incomplete one with its reason', () => {
  const lines = told((narrator) => {
    narrator.frame(48);
    narrator.event(clip({ state: 'writing', reason: '1 file' }));
    narrator.event(clip({ state: 'writing', reason: '2 files' }));
    narrator.event(clip({ state: 'incomplete', reason: 'depth: frame 0012 missing' }));
    narrator.event(clip({ state: 'ready' }));
  });
  expect(lines).toEqual([
    '› export 100%  frame 48/48 of color, depth, seg and edge',
    '› clip shot010 is being written',
    '● clip shot010 is incomplete: depth: frame 0012 missing',
    '✔ clip shot010 is ready: 48 frames, 1280x720, 24 fps',
  ]);
});

test('while frames keep coming only the first news of the clip is told, unless it is taken for ready', () => {
  const lines = told((narrator) => {
    narrator.event(clip({ state: 'writing' }));
    narrator.event(clip({ state: 'incomplete', reason: 'edge: 3 frames, color: 4 frames' }));
    narrator.event(clip({ state: 'writing' }));
    narrator.event(clip({ state: 'ready' }));
  });
  expect(lines).toEqual(['› clip shot010 is being written', '✔ clip shot010 is ready: 48 frames, 1280x720, 24 fps']);
});

test('without a terminal a moving line is written once a quarter', () => {
  const lines = told((narrator) => {
    for (let frame = 1; frame <= 48; frame++) narrator.frame(frame);
  });
  expect(lines.map((line) => line.slice(0, 13))).toEqual([
    '› export 25% ',
    '› export 50% ',
    '› export 75% ',
    '› export 100%',
  ]);
});

test('a job is told with its state, its progress under the name of the state', () => {
  const lines = told((narrator) => {
    narrator.event({ ...about, kind: 'job', data: sampleJob({ state: 'running' }) });
    narrator.progress({ job: 'job-1', stage: 'frame 24/48', fraction: 0.5, eta: 3 });
  });
  expect(lines).toEqual(['› job shot010 is running', '› running 50%  frame 24/48  ETA 3s']);
});
