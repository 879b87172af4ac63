import { expect, test } from 'vitest';
import { connectTo } from '../../../daemon/cli/client.js';
import { findDaemon } from '../../../daemon/cli/discovery.js';
import { CosmosError } from '../../../daemon/errors.js';
import { StateDir } from '../../../daemon/state-dir.js';
import { FakeDaemon, FakeError } from '../../support/fake-daemon.js';
import { tempDir } from '../../support/tmp.js';

test('what goes wrong is told with what to do on a command line', async () => {
  const stateDir = new StateDir(tempDir());
  const daemon = await FakeDaemon.start(stateDir.root, {
    'queue.get': () => ({ stopped: true }) as never,
    'queue.pause': () => new FakeError('not in this version', 'The queue is asleep.', { until: 'noon' }),
  });
  const discovery = (await findDaemon(stateDir)) ?? expect.unreachable();
  const { url } = discovery;
  const said = (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable(),
      (error: CosmosError) => error,
    );
  const client = await connectTo(discovery);
  expect(await said(client.call('queue.get', {}))).toEqual(
    new CosmosError(
      'protocol_mismatch',
      'The daemon answered queue.get in another shape than this version knows; restart it: cosmos daemon stop.',
      { method: 'queue.get' },
    ),
  );
  expect(await said(client.call('queue.pause', {}))).toEqual(
    new CosmosError('internal', 'The queue is asleep.', { until: 'noon' }),
  );
  daemon.dropClients();
  await client.closed;
  expect(await said(client.call('queue.get', {}))).toEqual(
    new CosmosError('daemon_unreachable', 'The connection to the daemon was lost; run the command again.'),
  );
  expect(await said(connectTo({ ...discovery, token: 'wrong' }))).toEqual(
    new CosmosError('unauthorized', `The daemon at ${url} does not accept the token of daemon.json.`),
  );
});
