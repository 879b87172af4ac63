import { expect, test, vi } from 'vitest';
import { connectTo } from '../../../daemon/cli/client.js';
import { findDaemon } from '../../../daemon/cli/discovery.js';
import { followLog } from '../../../daemon/cli/log-follow.js';
import { readLog } from '../../../daemon/cli/log-read.js';
import { CosmosError } from '../../../daemon/errors.js';
import { StateDir } from '../../../daemon/state-dir.js';
import { FakeDaemon } from '../../support/fake-daemon.js';
import { tempDir } from '../../support/tmp.js';

const LOG = 'loading\rstep 1\rstep 2\ndone\n';

/** Serves in pieces of at most 8 bytes what is written of LOG: all of it, or as much as the test says. */
async function serve(size = LOG.length) {
  const stateDir = new StateDir(tempDir());
  const log = { size };
  const daemon = await FakeDaemon.start(stateDir.root, {
    'log.read': ({ from = 0, bytes = 8 }) => {
      const to = Math.min(log.size, from + Math.min(8, bytes));
      const ended = log.size === LOG.length;
      return {
        run: 'run-1',
        from,
        to,
        text: LOG.slice(from, to),
        size: log.size,
        ended,
        file: '/state/runs/run-1/log',
      };
    },
    'log.follow': ({ from = 0 }) => ({ follow: 'f', run: 'run-1', from }),
  });
  const connect = async () => {
    const discovery = await findDaemon(stateDir);
    if (discovery === undefined) throw new Error('the fake daemon is gone');
    return connectTo(discovery);
  };
  return { daemon, log, connect };
}

const piece = (from: number, to: number) => ({ follow: 'f', run: 'run-1', from, to, text: LOG.slice(from, to) });
const end = { follow: 'f', run: 'run-1', size: LOG.length };

test('a log is read piece by piece, byte for byte', async () => {
  const { connect } = await serve();
  const client = await connect();
  let text = '';
  await readLog(client, { id: 'job-1' }, (more) => (text += more));
  expect(text).toBe(LOG);
  await client.close();
});

test('a follow writes what is there and what comes, and fills gaps in their place', async () => {
  const { daemon, log, connect } = await serve(4);
  let text = '';
  const followed = followLog(connect, { id: 'job-1' }, (more) => (text += more));
  await vi.waitFor(() => expect(daemon.called('log.follow')).toEqual([{ id: 'job-1', from: 4 }]));
  log.size = 20;
  daemon.notify('log.data', piece(4, 6));
  daemon.notify('log.gap', { follow: 'f', run: 'run-1', from: 6, to: 20 });
  await vi.waitFor(() => expect(daemon.called('log.follow')).toHaveLength(2));
  expect(daemon.called('log.unfollow')).toEqual([{ follow: 'f' }]);
  daemon.notify('log.data', piece(20, LOG.length));
  daemon.notify('log.end', end);
  await followed;
  expect(text).toBe(LOG);
});

test('a follow that loses its daemon goes on at the same byte', async () => {
  const { daemon, log, connect } = await serve(0);
  let text = '';
  const followed = followLog(connect, { id: 'job-1' }, (more) => (text += more));
  await vi.waitFor(() => expect(daemon.called('log.follow')).toHaveLength(1));
  daemon.notify('log.data', piece(0, 10));
  await vi.waitFor(() => expect(text).toHaveLength(10));
  log.size = 14;
  daemon.dropClients();
  await vi.waitFor(() => expect(daemon.called('log.follow')).toHaveLength(2));
  expect(daemon.called('log.follow')[1]).toEqual({ id: 'job-1', from: 14 });
  daemon.notify('log.data', piece(14, LOG.length));
  daemon.notify('log.end', end);
  await followed;
  expect(text).toBe(LOG);
});

test('a follow ends with what another daemon would not change', async () => {
  const { daemon, connect } = await serve(0);
  let isAway = false;
  const once = () => (isAway ? Promise.reject(new CosmosError('daemon_silent', 'It says nothing.')) : connect());
  const followed = expect(followLog(once, { id: 'job-1' }, () => {})).rejects.toMatchObject({ code: 'daemon_silent' });
  await vi.waitFor(() => expect(daemon.called('log.follow')).toHaveLength(1));
  isAway = true;
  daemon.dropClients();
  await followed;
});
