import { expect, test } from 'vitest';
import { readLogText } from '../../../extension/src/logs/document-text.js';
import { FakeLog } from './fake-log.js';

const KEY = { job: 'job-1', attempt: 1 };

test('the whole log, without colours, bars as they were last drawn', async () => {
  const log = new FakeLog();
  log.say(`\x1b[31mred\x1b[0m\n\r 10%\r 20%\n${'a street\n'.repeat(100_000)}end`);
  expect(await readLogText(log, KEY)).toEqual({
    text: `red\n 20%\n${'a street\n'.repeat(100_000)}end\n`,
    leftOut: 0,
    file: '/state/runs/run-1/log',
    run: 'run-1',
  });
});

test('of a log that is too long its end, from a whole line on', async () => {
  const log = new FakeLog();
  log.say('0123456789\n'.repeat(1000));
  const { text, leftOut } = await readLogText(log, KEY, 100);
  expect(text).toBe('0123456789\n'.repeat(9));
  expect(leftOut).toBe(10_900);
});

test('a log that grows faster than it is read is not waited for', async () => {
  const log = new FakeLog();
  log.say('a\n'.repeat(300_000));
  const growing: typeof log.call = (method, params) => {
    log.say('more\n'.repeat(200_000));
    return log.call(method, params);
  };
  const { text } = await readLogText({ call: growing }, KEY);
  expect(text.startsWith('a\n')).toBe(true);
  expect(text.length).toBeLessThan(2_500_000);
});
