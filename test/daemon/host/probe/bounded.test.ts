import { expect, test } from 'vitest';
import { CosmosError } from '../../../../daemon/errors.js';
import { bounded } from '../../../../daemon/host/probe/bounded.js';
import { fine } from '../../../../daemon/host/probe/catalogue.js';
import type { ProbeContext } from '../../../../daemon/host/probe/context.js';
import type { Remote, RunOptions } from '../../../../daemon/host/shell/remote.js';
import { HostConfig } from '../../../../schemas/index.js';
import { ManualClock } from '../../../support/clock.js';

const BOUND = { subject: { check: 'clock' }, seconds: 20 } as const;

/** A host that never answers, and remembers what it was asked to end. */
function stage() {
  const clock = new ManualClock();
  const asked: RunOptions[] = [];
  const remote: Pick<Remote, 'run'> = {
    run: (_script, _args, options = {}) => {
      asked.push(options);
      return new Promise(() => {});
    },
  };
  const config = HostConfig.parse({ name: 'gpu1', ssh: 'gpu1', root: '/r', ownership: 'mine' });
  // Only run is called by what is tested here.
  const context: ProbeContext = { remote: remote as Remote, clock, config, needs: [], user: 'me' };
  return { clock, asked, context };
}

test('a check that gets no answer ends in its time, and its command on the host with it', async () => {
  const { clock, asked, context } = stage();
  const findings = bounded(context, BOUND, async ({ remote }) => {
    await remote.run('sleep 600');
    return [];
  });
  clock.advance(19_999);
  expect(asked[0]?.signal?.aborted).toBe(false);
  clock.advance(1);
  expect(await findings).toMatchObject([
    { check: 'clock', state: 'failed', code: 'check_timeout', message: 'No answer came within 20 seconds.' },
  ]);
  expect(asked[0]?.signal?.aborted).toBe(true);
});

test('an error is a finding, whatever it is', async () => {
  const { context } = stage();
  const fail = (error: Error) => bounded(context, BOUND, () => Promise.reject(error));
  const lost = new CosmosError('host_connection_lost', 'The connection to gpu1 was lost.');
  expect(await fail(lost)).toMatchObject([{ code: 'host_connection_lost', message: lost.message, state: 'failed' }]);
  expect(await fail(new Error('odd'))).toMatchObject([{ code: 'check_failed', message: 'odd', state: 'failed' }]);
});

test('a check that has answered is not ended later', async () => {
  const { clock, asked, context } = stage();
  const answer = bounded(context, BOUND, async ({ remote }) => {
    void remote.run('sleep 600');
    return [fine({ check: 'clock' }, 'Well.')];
  });
  expect(await answer).toHaveLength(1);
  clock.advance(60_000);
  expect(asked[0]?.signal?.aborted).toBe(false);
});
