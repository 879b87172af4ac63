import { expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { type HostNotes, hostView } from '../../../daemon/fleet/board.js';
import { LocalHost } from '../../../daemon/host/local/local.js';
import type { HostOffer, OfferFacts } from '../../../daemon/run/host-offer.js';
import type { HostTrouble, Run, SlotLease } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

const LEASE: SlotLease = { owner: 'ann@studio', run: 'run-9', since: '2026-11-22T00:00:00.000Z' };
const NOBODY: HostNotes = { open: [], draining: () => undefined, lease: () => undefined };

function offer(changes: Partial<HostOffer> = {}): HostOffer {
  const host = new LocalHost({ clock: systemClock, root: tempDir() });
  return { host, engines: ['transfer2.5'], slots: 2, pricePerHour: 3, ...changes };
}

function facts(changes: Partial<OfferFacts> = {}): OfferFacts {
  return { state: 'online', reason: '', problem: null, gpu: 'H100 PCIe', gpus: 2, lastSeen: null, ...changes };
}

test('a host that cannot be reached is shown with its reason, what to do, and when it was last seen', () => {
  const reason = 'Nothing listens at the port of gpu1.';
  const problem: HostTrouble = { code: 'host_refused', message: reason, remedy: 'Start sshd.', data: { ssh: 'gpu1' } };
  const away = facts({ state: 'unreachable', reason, problem, lastSeen: Date.UTC(2026, 10, 22) });
  const view = hostView(offer({ facts: () => away }), { ...NOBODY, draining: () => 'It drains.' });
  expect(view).toMatchObject({
    ...{ kind: 'ssh', state: 'unreachable', reason, problem, gpu: 'H100 PCIe', gpus: 2, pricePerHour: 3 },
    ...{ draining: 'It drains.', lastSeen: '2026-11-22T00:00:00.000Z' },
  });
});

test('a host that takes nothing new says why', () => {
  const view = hostView(offer({ facts: () => facts() }), { ...NOBODY, draining: () => 'It drains.' });
  expect(view).toMatchObject({ state: 'draining', reason: 'It drains.', draining: 'It drains.', problem: null });
});

test('this machine is always there, and its slots show what runs and who else holds them', () => {
  const run: Run = {
    ...{ id: 'run-1', host: 'local', slot: 1, engine: 'preview', batchKey: 'x', members: ['job-1'], state: 'open' },
    ...{ pricePerHour: 0, createdAt: '2026-11-22T00:00:00.000Z', startedAt: null, endedAt: null, exitCode: null },
  };
  const lease = (host: string, slot: number) => (host === 'local' && slot === 0 ? LEASE : undefined);
  expect(hostView(offer(), { ...NOBODY, open: [run], lease })).toMatchObject({
    ...{ kind: 'local', state: 'online', reason: '', draining: null, lastSeen: null },
    slots: [
      { index: 0, run: null, lease: LEASE },
      { index: 1, run: 'run-1', lease: null },
    ],
  });
});
