import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Form, FormEdit } from '../../../extension/src/editor/form.js';
import { JobEdits } from '../../../extension/src/editor/job-edits.js';
import type { Job, JobOptions, JobState } from '../../../schemas/index.js';
import { makeJob } from '../../support/messages.js';
import { formOf } from './facts.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const SPEC = { name: 'lot', prompt: 'Rain', video_path: 'c.mp4', seed: 1, edge: { control_weight: 0.4 } };

class World {
  job: Job | undefined = makeJob({ state: 'queued' });
  readonly sent: JobOptions[] = [];
  readonly fences: number[] = [];
  refuse: Error | undefined;
  answer: Promise<void> = Promise.resolve();
  form: Form = formOf(SPEC, { kind: 'job' });
  readonly edits = new JobEdits({
    current: () => this.job,
    edit: async (options, fence) => {
      if (this.refuse !== undefined) throw this.refuse;
      this.sent.push(options);
      this.fences.push(fence);
      await this.answer;
      return this.takes(options);
    },
    changed: () => {},
  });

  make(edit: FormEdit): void {
    this.edits.make(edit, this.form);
  }

  /** What job.compile would show next. */
  shows(changes: object): void {
    this.form = formOf({ ...SPEC, ...changes }, { kind: 'job' });
  }

  moved(state: JobState): void {
    this.job = makeJob({ ...this.job, state, fence: this.fence + 1 });
    this.edits.jobMoved();
  }

  /** Its prompt, which is not what the person saw. */
  editedBySomebodyElse(): void {
    const { settings } = makeJob(this.job);
    this.job = makeJob({ ...this.job, fence: this.fence + 2, settings: { ...settings, prompt: 'By somebody else' } });
    this.edits.jobMoved();
  }

  get fence(): number {
    return this.job?.fence ?? 0;
  }

  /** The job as the daemon has it then; that it is prepared in no time spares every test to say so. */
  private takes({ prompt }: JobOptions): Job {
    const job = makeJob(this.job);
    const settings = { ...job.settings, ...(prompt === undefined ? {} : { prompt }) };
    this.job = { ...job, settings, fence: job.fence + 2 };
    return this.job;
  }
}

const quiet = () => vi.advanceTimersByTimeAsync(2000);

test('changes in short order are one edit of the job', async () => {
  const world = new World();
  world.make({ field: 'weight', block: 'edge', value: 0.5 });
  world.make({ field: 'weight', block: 'edge', value: 0.6 });
  world.make({ field: 'prompt', value: 'Snow' });
  world.make({ field: 'num_steps', value: 12 });
  await quiet();
  expect(world.sent).toEqual([{ weights: { edge: 0.6 }, prompt: 'Snow', set: { num_steps: 12 } }]);
  expect(world.edits.sending).toBe('idle');
});

test('each change is one undo step, and undo reaches the job', async () => {
  const world = new World();
  world.make({ field: 'weight', block: 'edge', value: 0.6 });
  await quiet();
  world.shows({ edge: { control_weight: 0.6 } });
  world.make({ field: 'prompt', value: 'Snow' });
  await quiet();
  world.shows({ edge: { control_weight: 0.6 }, prompt: 'Snow' });
  world.edits.undo(world.form);
  await quiet();
  world.shows({ edge: { control_weight: 0.6 } });
  world.edits.undo(world.form);
  await quiet();
  world.shows({});
  world.edits.undo(world.form);
  world.edits.redo(world.form);
  await quiet();
  expect(world.sent.slice(2)).toEqual([{ prompt: 'Rain' }, { weights: { edge: 0.4 } }, { weights: { edge: 0.6 } }]);
});

test('what is sent counts as not there until the daemon says so', async () => {
  const world = new World();
  let answer = () => {};
  world.answer = new Promise((resolve) => {
    answer = resolve;
  });
  world.make({ field: 'seed', value: 2 });
  await quiet();
  world.make({ field: 'num_steps', value: 9 });
  expect([world.edits.sending, world.edits.options]).toEqual(['sending', { seed: 2, set: { num_steps: 9 } }]);
  answer();
  await quiet();
  expect(world.sent).toEqual([{ seed: 2 }, { set: { num_steps: 9 } }]);
  expect(world.edits.options).toEqual({});
});

test('off and on again', async () => {
  const world = new World();
  world.make({ field: 'switch', block: 'edge', on: false });
  await quiet();
  expect(world.sent).toEqual([{ weights: { edge: 'off' } }]);
});

test('while the job is prepared, changes wait for it', async () => {
  const world = new World();
  world.moved('preparing');
  world.make({ field: 'seed', value: 2 });
  await quiet();
  expect([world.sent, world.edits.sending]).toEqual([[], 'waiting']);
  world.moved('queued');
  await quiet();
  expect(world.sent).toEqual([{ seed: 2 }]);
});

test('a job that started keeps its settings; the changes are given up to another one', async () => {
  const world = new World();
  world.make({ field: 'seed', value: 2 });
  world.moved('running');
  await quiet();
  expect(world.sent).toEqual([]);
  expect(world.edits.give()).toEqual({ seed: 2 });
  expect([world.edits.sending, world.edits.options]).toEqual(['idle', {}]);
});

test('the daemon saw the start before us: nothing is lost', async () => {
  const world = new World();
  world.refuse = Object.assign(new Error('it runs'), { code: 'wrong_state', data: { state: 'running' } });
  world.make({ field: 'seed', value: 2 });
  await quiet();
  world.moved('running');
  expect(world.edits.give()).toEqual({ seed: 2 });
});

test('what is on its way is not given up: the daemon may take it', async () => {
  const world = new World();
  world.answer = new Promise(() => {});
  world.make({ field: 'seed', value: 2 });
  await quiet();
  expect([world.edits.sending, world.edits.give(), world.edits.options]).toEqual(['sending', undefined, { seed: 2 }]);
});

test('the daemon prepares it already: the change goes when it is done', async () => {
  const world = new World();
  world.refuse = Object.assign(new Error('it is prepared'), { code: 'wrong_state', data: { state: 'preparing' } });
  world.make({ field: 'seed', value: 2 });
  await quiet();
  expect(world.edits.sending).toBe('waiting');
  world.refuse = undefined;
  world.moved('queued');
  await quiet();
  expect(world.sent).toEqual([{ seed: 2 }]);
});

test('an edit names the job as it was seen; one that only moved meanwhile is edited as it is then', async () => {
  const world = new World();
  world.make({ field: 'seed', value: 2 });
  await quiet();
  world.make({ field: 'seed', value: 3 });
  await quiet();
  expect(world.fences).toEqual([1, 3]);
  world.refuse = Object.assign(new Error('it was released'), { code: 'job_moved' });
  world.make({ field: 'seed', value: 4 });
  await quiet();
  world.refuse = undefined;
  world.moved('queued');
  await quiet();
  expect([world.sent.at(-1), world.fences.at(-1), world.edits.sending]).toEqual([{ seed: 4 }, 6, 'idle']);
});

test('what somebody else has changed meanwhile is not overwritten unasked', async () => {
  const world = new World();
  world.make({ field: 'prompt', value: 'Snow' });
  world.editedBySomebodyElse();
  await quiet();
  expect([world.sent, world.edits.sending]).toEqual([[], 'conflict']);
  world.make({ field: 'seed', value: 7 });
  await quiet();
  expect([world.sent, world.edits.sending]).toEqual([[], 'conflict']);
  await world.edits.sendAnyway();
  expect([world.sent, world.edits.sending]).toEqual([[{ prompt: 'Snow', seed: 7 }], 'idle']);
});

test('the daemon heard of the other change before us: the event of it asks the person', async () => {
  const world = new World();
  world.refuse = Object.assign(new Error('it was changed'), { code: 'job_moved' });
  world.make({ field: 'prompt', value: 'Snow' });
  await quiet();
  expect(world.edits.sending).toBe('waiting');
  world.editedBySomebodyElse();
  expect(world.edits.sending).toBe('conflict');
  expect([world.sent, world.edits.give()]).toEqual([[], { prompt: 'Snow' }]);
});

test('another refusal keeps the changes too', async () => {
  const world = new World();
  world.refuse = new Error('no connection');
  world.make({ field: 'seed', value: 2 });
  await quiet();
  expect([world.edits.sending, world.edits.options, world.edits.failure]).toEqual([
    'failed',
    { seed: 2 },
    world.refuse,
  ]);
  world.edits.discard();
  expect(world.edits.options).toEqual({});
});

test('what waits for quiet is sent when the page closes', async () => {
  const world = new World();
  world.make({ field: 'seed', value: 2 });
  await world.edits.flush();
  expect(world.sent).toEqual([{ seed: 2 }]);
});
