/** A burst of 100,000 lines to several clients at once: nobody loses a line, and nobody waits for the slowest. */
import { expect, test } from 'vitest';
import { ManualClock } from '../../support/clock.js';
import type { TestClient } from './client.js';
import { connect, World } from './world.js';

const LINES = 100_000;
/** Lines written at once. */
const TURN = 2500;
/** Makes 24 MB of the burst: more than a stalled client's socket buffers take. */
const FILLER = '.'.repeat(225);
/** Bytes that wait for the next batch while the clock stands still. */
const BATCH = 16 * 2 ** 10;

const pieceOf = (first: number) =>
  Array.from({ length: TURN }, (_, index) => `burst ${first + index} ${FILLER}\n`).join('');

test('three clients get it complete and in order; a stalled one gets a gap and reads the rest', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const { run } = world.run(world.submit(['job']));
  const clients = await Promise.all(Array.from({ length: 4 }, () => connect(world)));
  for (const client of clients) await client.call('log.follow', { id: run.id });
  const [stalled, ...healthy] = clients;
  stalled?.socket.pause();
  let written = '';
  for (let line = 0; line < LINES; line += TURN) {
    const piece = pieceOf(line);
    written += piece;
    await world.say(run.id, piece);
    const here = (client: TestClient) => (client.heard('log.data').at(-1)?.to ?? 0) >= written.length - BATCH;
    for (const client of healthy) await client.until(() => here(client) || undefined);
  }
  clock.advance(2000);
  stalled?.socket.resume();
  world.logs.end(run.id);
  for (const client of clients) await client.until(() => client.heard('log.end')[0]);

  for (const client of healthy) {
    expect(client.heard('log.gap')).toEqual([]);
    expect((await received(client, run.id)) === written).toBe(true); // a difference of 24 MB would not be readable
  }
  if (stalled === undefined) throw new Error('four clients were connected');
  expect(stalled.heard('log.gap').length).toBeGreaterThan(0);
  expect((await received(stalled, run.id)) === written).toBe(true);
});

/** What a client has of a log once it has read what was left out; throws where pieces do not join up. */
async function received(client: TestClient, run: string): Promise<string> {
  const pieces = client.heard('log.data').map(({ from, text }) => ({ from, text }));
  for (const { from, to } of client.heard('log.gap')) {
    for (let at = from; at < to; ) {
      const piece = await client.call('log.read', { id: run, from: at, bytes: Math.min(2 ** 20, to - at) });
      pieces.push({ from: at, text: piece.text });
      at = piece.to;
    }
  }
  let all = '';
  for (const { from, text } of pieces.sort((a, b) => a.from - b.from)) {
    expect(from).toBe(all.length);
    all += text;
  }
  return all;
}
