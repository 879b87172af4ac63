/** What Houdini left while no daemon ran is sent once, whatever happens in between. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { writeManifest } from '../../support/manifest.js';
import { writeSequences } from '../../support/passes.js';
import { SpoolPlace } from '../../support/spooling.js';

const later = (second: number) => `2026-11-22T01:00:0${second}.000Z`;

test('an entry that waited is sent at the start, with what was asked for, and removed', async () => {
  const place = new SpoolPlace();
  const folder = place.clip('street');
  const file = place.leave('one', { path: folder, options: { prompt: 'snow', seed: 7, tags: ['evening'] } });
  const life = await place.live();
  await life.spool.start();

  const [job, ...more] = life.queue.list();
  expect(more).toEqual([]);
  expect(job).toMatchObject({ name: 'street', tags: ['evening'], settings: { prompt: 'snow', set: { seed: 7 } } });
  expect(existsSync(file)).toBe(false);
  expect(life.words).toEqual([]);
});

test('an entry that comes while the daemon runs is sent at once', async () => {
  const place = new SpoolPlace();
  const life = await place.live();
  await life.spool.start();
  const file = place.leave('one', { path: place.clip('street') });
  await vi.waitFor(() => expect(existsSync(file)).toBe(false));
  expect(life.queue.list()).toHaveLength(1);
});

test('a daemon that died between the submit and the removal sends nothing again', async () => {
  const place = new SpoolPlace();
  const folder = place.clip('street');
  place.leave('one', { path: folder });
  const first = await place.live();
  await first.spool.start();
  const [job] = first.queue.list();
  await first.end();

  place.leave('one', { path: folder }); // as it lay there when the power went
  writeSequences(folder, { passes: ['color'], last: 2 }); // and the clip is being rendered again by now
  const second = await place.live();
  await second.spool.start();
  expect(second.queue.list().map(({ id }) => id)).toEqual([job?.id]);
  expect(readdirSync(place.spool)).toEqual([]);
});

test.each([
  ['no JSON', '{"schema":', /is no entry of this version/],
  ['another version', '{"schema":"cosmos-spool/9","key":"k","path":"/x"}', /is no entry of this version \(schema/],
  ['a folder that is gone', undefined, /no such|there is no|not found/i],
])('%s is set aside with a sentence, and the next entry is sent', async (_, text, sentence) => {
  const place = new SpoolPlace();
  const gone = path.join(place.root, 'exports', 'gone');
  if (text === undefined) place.leave('a-wrong', { path: gone });
  else place.leaveText('a-wrong', text);
  place.leave('b-right', { path: place.clip('street') });
  const life = await place.live();
  await life.spool.start();

  expect(life.queue.list().map(({ name }) => name)).toEqual(['street']);
  expect(readdirSync(place.spool)).toEqual(['set-aside']);
  expect(readdirSync(path.join(place.spool, 'set-aside'))).toEqual(['a-wrong.json']);
  expect(life.words).toHaveLength(1);
  expect(life.words[0]).toMatch(sentence);
  expect(life.words[0]).toContain('a-wrong.json');
});

test('a clip that is not whole yet is waited for', async () => {
  const place = new SpoolPlace();
  const folder = path.join(place.root, 'exports', 'street');
  mkdirSync(folder, { recursive: true });
  writeSequences(folder, { passes: ['color', 'depth'], last: 5 });
  const file = place.leave('one', { path: folder });
  const life = await place.live();
  await life.spool.start();
  expect(life.queue.list()).toEqual([]);
  expect(existsSync(file)).toBe(true);

  writeSequences(folder, { passes: ['color', 'depth'] });
  writeManifest(folder);
  await vi.waitFor(() => expect(life.queue.list()).toHaveLength(1));
  await vi.waitFor(() => expect(existsSync(file)).toBe(false));
});

test('of a clip that was rendered three times by itself the last is sent; what people sent is all sent', async () => {
  const place = new SpoolPlace();
  const [street, roof] = [place.clip('street'), place.clip('roof')];
  for (const n of [1, 3, 2]) {
    const options = { tags: [`render ${n}`] };
    place.leave(`auto-${n}`, { path: street, unattended: true, writtenAt: later(n), options });
    place.leave(`by-hand-${n}`, { path: roof, writtenAt: later(n), options: { seed: n } });
  }
  const life = await place.live();
  await life.spool.start();
  const jobs = life.queue.list();
  expect(jobs.filter(({ name }) => name === 'street').map(({ tags }) => tags)).toEqual([['render 3']]);
  expect(jobs.filter(({ name }) => name === 'roof').map(({ settings }) => settings.set.seed)).toEqual([1, 2, 3]);
  expect(readdirSync(place.spool)).toEqual([]);
});

test('what a render sent by itself may cost nothing without a person', async () => {
  const place = new SpoolPlace();
  place.leave('one', { path: place.clip('street'), unattended: true, options: { engine: 'transfer2.5' } });
  const life = await place.live();
  await life.spool.start();
  expect(life.queue.list()[0]?.settings.hold).toMatch(/auto-send makes previews only/);
});

test('a clip whose watched folder sends by itself is left to it', async () => {
  const place = new SpoolPlace();
  const life = await place.live();
  const exports = path.dirname(place.clip('before'));
  await life.watching.folders.add({ path: exports, settle: 0.2, autoSend: true });
  place.leave('one', { path: place.clip('street'), unattended: true });
  await life.spool.start();
  expect(life.queue.list()).toEqual([]);
  expect(readdirSync(place.spool)).toEqual([]);
});
