import { expect, test } from 'vitest';
import { silentLogger } from '../../../daemon/log.js';
import { ClipStore } from '../../../daemon/queue/clips.js';
import { closeDatabase, openDatabase } from '../../../daemon/queue/db.js';
import { Journal } from '../../../daemon/queue/journal.js';
import { Revisions } from '../../../daemon/submit/revisions.js';
import type { Clip } from '../../../schemas/index.js';
import { ManualClock } from '../../support/clock.js';
import { sampleClip } from '../../support/samples.js';
import { tempDir } from '../../support/tmp.js';

function revisionsOn(file: string, clock = new ManualClock()) {
  let isFull = false;
  const fill = (full: boolean) => {
    isFull = full;
  };
  const db = openDatabase(file);
  const clips = new ClipStore(db, new Journal(db, new ManualClock()));
  const taken: string[] = [];
  const clipReady = async ({ name, revision }: Clip) => {
    if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    taken.push(`${name} ${revision}`);
    if (name === 'broken') throw new Error('its spec is broken');
  };
  const revisions = new Revisions({ clips, clipReady, clock, log: silentLogger });
  return { clips, revisions, taken, fill, close: () => closeDatabase(db) };
}

test('a revision that became ready as the daemon died is taken up by the next one, once', async () => {
  const file = `${tempDir()}/cosmos.db`;
  const first = revisionsOn(file);
  first.clips.put(sampleClip({ id: 'clip-1', name: 'street', state: 'ready', revision: 1 }), 'ready');
  first.close(); // died before it was told

  const second = revisionsOn(file);
  second.revisions.resume();
  await second.revisions.settled();
  expect(second.taken).toEqual(['street 1']);
  second.close();

  const third = revisionsOn(file);
  third.revisions.resume();
  await third.revisions.settled();
  expect(third.taken).toEqual([]);
  third.close();
});

test('one clip after the other, and a failing one does not keep the next from being sent', async () => {
  const { clips, revisions, taken, close } = revisionsOn(`${tempDir()}/cosmos.db`);
  const ready = { state: 'ready', revision: 2 } as const;
  for (const clip of [
    sampleClip({ id: 'a', name: 'broken', ...ready }),
    sampleClip({ id: 'b', name: 'roof', ...ready }),
  ]) {
    clips.put(clip, 'ready');
    revisions.take(clip);
  }
  await revisions.settled();
  expect(taken).toEqual(['broken 2', 'roof 2']);
  expect(clips.unhandled()).toEqual([]);
  close();
});

test('a revision for which the disk was too full is taken up again, or by the next daemon', async () => {
  const clock = new ManualClock();
  const { clips, revisions, taken, fill, close } = revisionsOn(`${tempDir()}/cosmos.db`, clock);
  const clip = sampleClip({ id: 'clip-1', name: 'street', state: 'ready', revision: 1 });
  clips.put(clip, 'ready');
  fill(true);
  revisions.take(clip);
  await new Promise(setImmediate);
  expect(clips.unhandled()).toHaveLength(1);
  fill(false);
  clock.advance(10_000);
  await revisions.settled();
  expect([taken, clips.unhandled()]).toEqual([['street 1'], []]);
  close();
});
