import { expect, test } from 'vitest';
import { Pace } from '../../../extension/src/notices/pace.js';

/** Seconds at which notices go out while something ends every `every` seconds for `long` seconds. */
function noticesOf(every: number, long: number): number[] {
  let now = 0;
  const pace = new Pace(1500, () => now * 1000);
  const notices: number[] = [];
  for (let next = 0; now < long; now += every) {
    if (now < next) continue;
    notices.push(now);
    pace.told();
    next = now + pace.pace / 1000;
  }
  return notices;
}

test('a hundred endings a minute are a few notices an hour', () => {
  expect(noticesOf(0.6, 3600).length).toBeLessThan(20);
});

test('what ends now and then is told each time', () => {
  expect(noticesOf(30, 600)).toHaveLength(20);
});

test('quiet ends a flood', () => {
  let now = 0;
  const pace = new Pace(1500, () => now);
  for (let i = 0; i < 20; i++, now += pace.pace) pace.told();
  expect(pace.pace).toBe(300_000);
  now += 700_000;
  pace.told();
  expect(pace.pace).toBe(10_000);
});
