import { expect, test } from 'vitest';
import { Stages } from '../../../../daemon/demo/sim/run-stages.js';
import type { Event, JobState } from '../../../../schemas/index.js';
import { sampleJob } from '../../../support/samples.js';

const job = (state: JobState): Event => ({
  ...{ seq: 1, at: '2026-01-01T00:00:00.000Z', id: 'job-1', kind: 'job', type: state },
  data: sampleJob({ state }),
});

function heard(play: (stages: Stages) => void) {
  const told: string[] = [];
  const stages = new Stages({ tell: (_tone, text) => told.push(text) });
  play(stages);
  return { told, stages };
}

const at = (stage: string, fraction: number) => ({ job: 'job-1', stage, fraction, eta: null });

test('tells each kind of work once, and keeps every stage', () => {
  const { told, stages } = heard((listener) => {
    listener.event(job('running'));
    listener.progress(at('loading the model', 0));
    listener.progress(at('chunk 1/2, step 1/35', 0.1));
    listener.progress(at('chunk 1/2, step 2/35', 0.2));
    listener.progress(at('chunk 2/2, step 1/35', 0.5));
  });
  expect(told).toEqual(['container: loading the model', 'container: chunk 1/2', 'container: chunk 2/2']);
  expect(stages.all).toHaveLength(4);
  expect(stages.isMonotone).toBe(true);
});

test('hears when progress falls, but only that of the run itself', () => {
  const { stages } = heard((listener) => {
    listener.event(job('preparing'));
    listener.progress(at('encoding', 1));
    listener.event(job('running'));
    listener.progress(at('loading the model', 0.2));
  });
  expect(stages.isMonotone).toBe(true);
  stages.progress(at('loading the model', 0.1));
  expect(stages.isMonotone).toBe(false);
});
