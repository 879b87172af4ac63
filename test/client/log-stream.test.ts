import { expect, onTestFinished, test, vi } from 'vitest';
import { type LogSink, LogStream, lastLines } from '../../client/log-stream.js';
import { SteadyLink } from '../../extension/src/logs/steady-link.js';
import { FakeLog } from '../extension/logs/fake-log.js';

/** Remembers what it was told; the test may say that it is full. */
class Sink implements LogSink {
  text = '';
  hasSkipped = false;
  full = false;
  private resume = () => {};

  write(text: string): void {
    this.text += text;
  }

  skipped(): void {
    this.hasSkipped = true;
  }

  room(): Promise<void> {
    return this.full ? new Promise((resolve) => (this.resume = resolve)) : Promise.resolve();
  }

  drain(): void {
    this.full = false;
    this.resume();
  }
}

function start(log: FakeLog) {
  const sink = new Sink();
  const closing = new AbortController();
  onTestFinished(() => closing.abort());
  const daemon = new SteadyLink(log, closing.signal);
  const stream = new LogStream(daemon, { id: 'job-1', attempt: 1 }, sink, closing.signal, 'near its end');
  return { sink, closing, flow: stream.flow() };
}

const followed = (log: FakeLog) => vi.waitFor(() => expect(log.isFollowed).toBe(true), { interval: 1 });

test('what is there, what follows, and the end', async () => {
  const log = new FakeLog();
  log.say('one\n');
  const { sink, flow } = start(log);
  await followed(log);
  log.say('two é\n');
  log.say('three\n');
  log.end();
  await flow;
  expect(sink.text).toBe('one\ntwo é\nthree\n');
  expect(sink.hasSkipped).toBe(false);
  expect(log.listenerCount).toBe(0);
});

test('of a long past the last 1,000 lines, and word that there was more', async () => {
  const log = new FakeLog();
  const lines = Array.from({ length: 5000 }, (_, index) => `line ${index} ${'x'.repeat(100)}\n`);
  log.say(lines.join(''));
  log.end();
  const { sink, flow } = start(log);
  await flow;
  expect(sink.hasSkipped).toBe(true);
  expect(sink.text).toBe(lines.slice(-1000).join(''));
});

test('after a gap the missing is read, in order', async () => {
  const log = new FakeLog();
  const { sink, flow } = start(log);
  await followed(log);
  log.say('a');
  log.sayTooFast('bcd');
  log.say('e'); // of the follow that was left: it is read, too
  await followed(log);
  log.say('f');
  log.end();
  await flow;
  expect(sink.text).toBe('abcdef');
});

test('a daemon that is killed and comes back: nothing is lost, nothing comes twice', async () => {
  const log = new FakeLog();
  const { sink, flow } = start(log);
  for (const round of ['1', '2', '3']) {
    await followed(log);
    log.say(`before ${round}\n`);
    log.lose();
    log.say(`while away ${round}\n`);
    log.comeBack();
  }
  await followed(log);
  log.end();
  await flow;
  expect(sink.text).toBe(['1', '2', '3'].map((round) => `before ${round}\nwhile away ${round}\n`).join(''));
});

test('a full sink stops the flow at the daemon, and it goes on where it was', async () => {
  const log = new FakeLog();
  const { sink, flow } = start(log);
  await followed(log);
  sink.full = true;
  log.say('a');
  await vi.waitFor(() => expect(log.calls.at(-1)?.method).toBe('log.unfollow'));
  for (let turn = 0; turn < 1000; turn++) log.say('b');
  expect(sink.text).toBe('a');
  sink.drain();
  await followed(log);
  log.end();
  await flow;
  expect(sink.text).toBe(`a${'b'.repeat(1000)}`);
});

test('a number that was given again in another run: this log is over', async () => {
  const log = new FakeLog();
  log.say('a\n');
  const { sink, flow } = start(log);
  await followed(log);
  log.lose();
  log.run = 'run-2';
  log.comeBack();
  await flow;
  expect(sink.text).toBe('a\n');
});

test('a closed terminal leaves the follow, and no listener behind', async () => {
  const log = new FakeLog();
  const { closing, flow } = start(log);
  await followed(log);
  closing.abort();
  await flow;
  expect(log.calls.at(-1)?.method).toBe('log.unfollow');
  expect(log.listenerCount).toBe(0);
});

test.each([
  ['a\nb\nc\n', 2, 'b\nc\n'],
  ['a\nb\nc', 1, 'b\nc'],
  ['a\nb\n', 5, 'a\nb\n'],
  ['\na\n', 1, 'a\n'],
  ['\n\n', 1, '\n'],
  ['', 1, ''],
])('the last lines of %j, %i of them', (text, count, last) => {
  expect(lastLines(text, count)).toBe(last);
});
