import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { liveView, terminalLine } from '../../../../daemon/cli/output/live.js';
import { Output } from '../../../../daemon/cli/output/output.js';
import { fakeDoor } from '../../../support/doors.js';
import { sampleJob } from '../../../support/samples.js';

const cells = (width: number) => fakeDoor({ width, color: false }).door;
const running = sampleJob({ state: 'running' });
const progress = { job: 'job-1', stage: 'frame 30/48', fraction: 0.625, eta: 12 };

test('a line tells state, bar, frame and ETA', () => {
  const line = terminalLine({ job: running, progress }, 10, cells(100));
  expect(line).toBe('shot010     running     ████████████░░░░░░░░  62%  frame 30/48  ETA 12s');
});

test('a line without progress tells the reason, cut to the terminal', () => {
  const job = sampleJob({ state: 'held', reason: 'the prompt comes from a template; release it or give a prompt' });
  const line = terminalLine({ job, progress: undefined }, 7, cells(50));
  expect(stringWidth(line)).toBe(50);
  expect(line).toMatch(/^shot010 {2}held {8}the prompt comes.*…$/);
});

test('without a terminal only changes are told', async () => {
  const { door, written } = fakeDoor();
  const view = await liveView(new Output({ json: false, color: true, env: {} }, door, door));
  view.job(running);
  view.job({ ...running, reason: 'still running' });
  for (const fraction of [0.1, 0.24, 0.26, 0.3, 0.6]) view.progress({ ...progress, fraction });
  view.job(sampleJob({ state: 'succeeded', reason: 'verified' }));
  expect(written()).toBe(
    'shot010: running\nshot010: 26%, frame 30/48\nshot010: 60%, frame 30/48\nshot010: succeeded (verified)\n',
  );
});
