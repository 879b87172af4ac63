import { expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { LocalHost } from '../../../daemon/host/local.js';
import { hostViews } from '../../../daemon/run/host-views.js';
import type { Place, PlaceFacts } from '../../../daemon/run/needs.js';
import type { Run } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

function place(changes: Partial<Place> = {}): Place {
  const host = new LocalHost({ clock: systemClock, root: tempDir() });
  return { host, engines: ['transfer2.5'], slots: 2, pricePerHour: 3, ...changes };
}

test('a host that cannot be reached is shown with its reason and when it was last seen', () => {
  const reason = 'Nothing listens at the port of gpu1.';
  const lastSeen = Date.UTC(2026, 10, 22);
  const facts: PlaceFacts = { state: 'unreachable', reason, gpu: 'H100 PCIe', gpus: 2, lastSeen };
  expect(hostViews([place({ facts: () => facts })], [])).toMatchObject([
    {
      ...{ kind: 'ssh', state: 'unreachable', reason, gpu: 'H100 PCIe', gpus: 2, pricePerHour: 3 },
      lastSeen: '2026-11-22T00:00:00.000Z',
    },
  ]);
});

test('this machine is always there, and its slots show what runs', () => {
  const run: Run = {
    ...{ id: 'run-1', host: 'local', slot: 1, engine: 'preview', batchKey: 'x', members: ['job-1'], state: 'open' },
    ...{ pricePerHour: 0, createdAt: '2026-11-22T00:00:00.000Z', startedAt: null, endedAt: null, exitCode: null },
  };
  expect(hostViews([place()], [run])).toMatchObject([
    {
      ...{ kind: 'local', state: 'online', reason: '', lastSeen: null },
      slots: [
        { index: 0, run: null },
        { index: 1, run: 'run-1' },
      ],
    },
  ]);
});
