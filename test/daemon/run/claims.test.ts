import { expect, test } from 'vitest';
import { whyNoHost } from '../../../daemon/run/claims.js';
import type { HostOffer } from '../../../daemon/run/host-offer.js';
import { job } from '../../support/jobs.js';
import { ScriptedOffer } from '../../support/scripted-offer.js';

/** "gpu1" runs transfer2.5, "gpu2!" does and drains. */
function offers(text: string) {
  const names = text.split(' ').filter((name) => name !== '');
  const all: HostOffer[] = names.map(
    (name) => new ScriptedOffer({ name: name.replace('!', ''), price_per_hour: 0 }).offer,
  );
  return {
    list: () => all,
    get: (id: string) => all.find(({ host }) => host.id === id),
    draining: (id: string) => (names.includes(`${id}!`) ? `${id} drains.` : undefined),
  };
}

test.each([
  ['gpu1', null, undefined],
  ['gpu1', 'gpu1', undefined],
  ['gpu1! gpu2', null, undefined],
  ['gpu1! gpu2', 'gpu1', 'gpu1 drains.'],
  ['gpu1!', null, 'gpu1 drains.'],
  ['gpu1! gpu2!', null, 'All hosts that can run Transfer 2.5 drain: gpu1, gpu2.'],
  ['', null, 'No host here can run Transfer 2.5.'],
  ['gpu1', 'gpu9', 'The host gpu9 is not configured any more: add it again, or choose another (`cosmos job edit`).'],
])('of the hosts "%s", a job that wants %s: %s', (hosts, wanted, reason) => {
  const settings = { ...job().settings, host: wanted };
  expect(whyNoHost(job({ engine: 'transfer2.5', settings }), offers(hosts))).toBe(reason);
});
