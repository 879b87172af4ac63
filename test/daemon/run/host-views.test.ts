import { expect, test } from 'vitest';
import { hostViews } from '../../../daemon/run/host-views.js';
import { HostConfig } from '../../../schemas/index.js';

test('a configured host that this version cannot use is shown with its reason, not left out', () => {
  const farm = HostConfig.parse({ name: 'farm', ssh: 'farm', root: '/cosmos', ownership: 'rented', price_per_hour: 3 });
  expect(hostViews([], [], [farm])).toMatchObject([
    {
      id: 'farm',
      kind: 'ssh',
      state: 'unreachable',
      reason: expect.stringContaining('SSH'),
      pricePerHour: 3,
      slots: [],
    },
  ]);
});
