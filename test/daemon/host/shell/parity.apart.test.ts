/** Our reading of ssh_config beside the real `ssh -G`, on generated configurations; `npm run bench -- ssh-config` tries more. */
import { expect, test } from 'vitest';
import { compareMany } from '../../../support/ssh-config/parity.js';

const CONFIGS = 200;

test(`${CONFIGS} generated configurations are read as ssh -G reads them, or the difference is told`, async () => {
  const seeds = Array.from({ length: CONFIGS }, (_, at) => at + 1);
  const { kinds, different } = await compareMany(seeds, 1);
  expect(different).toEqual([]);
  expect(kinds.equal).toBeGreaterThan(CONFIGS / 2); // else the generator writes too much that is refused
  expect(kinds['equal error']).toBeGreaterThan(10);
});
