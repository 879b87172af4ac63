import { expect, test } from 'vitest';
import { CosmosError } from '../../../../daemon/errors.js';
import type { AskPerson } from '../../../../daemon/host/shell/ask-person.js';
import { type Connection, HostLine } from '../../../../daemon/host/shell/host-line.js';
import { ManualClock } from '../../../support/clock.js';

/** A connection that answers with its number; `lose` ends it from the other side. */
class Scripted implements Connection {
  lose = (_: CosmosError) => {};
  isClosed = false;

  constructor(private readonly number: number) {}

  async run() {
    return { exitCode: 0, stdout: Buffer.from(String(this.number)), stderr: '' };
  }
  stream() {
    const stdout = async function* (this: Scripted) {
      yield Buffer.from(`stream of ${this.number}`);
    }.call(this);
    return { stdout, done: Promise.resolve({ exitCode: 0, stderr: '' }) };
  }
  onClose(listener: (reason: CosmosError | undefined) => void) {
    this.lose = listener;
    return () => {};
  }
  close() {
    this.isClosed = true;
  }
}

function setup() {
  const clock = new ManualClock();
  const opened: Scripted[] = [];
  const failures: CosmosError[] = [];
  const open = async (ask?: AskPerson) => {
    if (isAsking && ask === undefined) throw asks();
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    opened.push(new Scripted(opened.length + 1));
    return opened.at(-1) as Scripted;
  };
  let isAsking = false;
  let knocks = 0;
  const line = new HostLine((_signal, ask) => {
    knocks++;
    return open(ask);
  }, clock);
  const startAsking = () => {
    isAsking = true;
  };
  const said = async () => (await line.run('true')).stdout.toString();
  return { clock, opened, failures, line, said, startAsking, knocks: () => knocks };
}

const refused = () => new CosmosError('host_refused', 'Nothing listens at the port of gpu1.');
const asks = () => new CosmosError('host_asks', 'gpu1 asks for a code.');
const cut = () => new CosmosError('host_connection_lost', 'The connection to gpu1 was lost.');

test('it opens when it is needed, once for many', async () => {
  const { opened, line, said } = setup();
  expect(line.state).toMatchObject({ state: 'unknown', lastSeen: null });
  expect(opened).toHaveLength(0);
  expect(await Promise.all([said(), said(), said()])).toEqual(['1', '1', '1']);
  expect(line.state).toMatchObject({ state: 'online', reason: '' });
  const parts: string[] = [];
  for await (const bytes of line.stream('true', [], { signal: new AbortController().signal }).stdout) {
    parts.push(Buffer.from(bytes).toString());
  }
  expect(parts).toEqual(['stream of 1']);
});

test('a lost connection is said, remembered when it was last seen, and opened again by the next use', async () => {
  const { clock, opened, line, said } = setup();
  await said();
  const seen = clock.now();
  clock.advance(60_000);
  const changes: string[] = [];
  line.onChange(() => changes.push(line.state.state));
  const [problem, reason] = [cut(), 'The connection to gpu1 was lost.'];
  opened[0]?.lose(problem);
  expect(line.state).toEqual({ state: 'unreachable', reason, lastSeen: seen, problem });
  expect(await said()).toBe('2');
  expect(await said()).toBe('2');
  expect(line.state).toMatchObject({ state: 'online', problem: null });
  expect(changes).toEqual(['unreachable', 'online']);
});

test('a failed attempt answers all who ask a moment later, and is made again after that', async () => {
  const { clock, failures, opened, line, said } = setup();
  failures.push(refused());
  await expect(said()).rejects.toMatchObject({ code: 'host_refused' });
  await expect(said()).rejects.toMatchObject({ code: 'host_refused' });
  expect(opened).toHaveLength(0);
  expect(line.state).toMatchObject({ state: 'unreachable', reason: 'Nothing listens at the port of gpu1.' });
  clock.advance(3001);
  expect(await said()).toBe('1');
});

test('a person who changed something is not made to wait', async () => {
  const { failures, line, said } = setup();
  failures.push(refused());
  await expect(said()).rejects.toThrow();
  line.retry();
  expect(await said()).toBe('1');
});

test('closed is closed', async () => {
  const { opened, line, said } = setup();
  await said();
  line.close();
  await expect.poll(() => opened[0]?.isClosed).toBe(true);
  await expect(said()).rejects.toMatchObject({ code: 'host_connection_lost' });
});

test('closed while it opens: the attempt is given up', async () => {
  const line = new HostLine(
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(cut()))),
    new ManualClock(),
  );
  const opening = line.run('true');
  line.close();
  await expect(opening).rejects.toMatchObject({ code: 'host_connection_lost' });
});

test('a host that asks is knocked at once, and again when a person is there or has changed something', async () => {
  const { clock, line, opened, said, startAsking, knocks } = setup();
  startAsking();
  for (let night = 0; night < 10; night++) {
    await expect(said()).rejects.toMatchObject({ code: 'host_asks' });
    clock.advance(3_600_000);
  }
  expect(knocks()).toBe(1);
  expect(line.state).toMatchObject({ state: 'unreachable', reason: 'gpu1 asks for a code.' });
  await line.login(async () => ['123456']);
  expect(line.state).toMatchObject({ state: 'online', problem: null });
  expect(await said()).toBe('1');
  await line.login(async () => []); // open already
  expect(knocks()).toBe(2);
  opened[0]?.lose(cut());
  await expect(said()).rejects.toMatchObject({ code: 'host_asks' });
  line.retry();
  await expect(said()).rejects.toMatchObject({ code: 'host_asks' });
  expect(knocks()).toBe(4);
});
