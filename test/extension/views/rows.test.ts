/** Rows of the clips, hosts and results views. */
import { expect, test } from 'vitest';
import { clipContext, clipDescription, clipSpoken, clipTooltip } from '../../../extension/src/views/clips/clip-text.js';
import { watchContext, watchDescription } from '../../../extension/src/views/clips/watch-text.js';
import {
  hostContext,
  hostDescription,
  hostSpoken,
  slotDescription,
} from '../../../extension/src/views/hosts/host-text.js';
import {
  resultContext,
  resultDescription,
  resultIcon,
  resultSpoken,
} from '../../../extension/src/views/results/result-text.js';
import { makeClip, makeHost, makeJob, makeResult, makeRun, makeWatch } from '../../support/messages.js';

/** In the time of whoever runs the test, which rows are told in. */
const now = new Date(2026, 0, 1, 15, 0).getTime();
const at = (hours: number, minutes: number) => new Date(2026, 0, 1, hours, minutes).toISOString();

test('a clip says first why it is not ready, then what is to be known, then when it was sent', () => {
  expect(clipDescription(makeClip())).toBe('48 frames · 1280×720 · color, depth');
  expect(clipDescription(makeClip({ frames: 1 }), '14:32')).toBe('sent 14:32 · 1 frame · 1280×720 · color, depth');
  const warned = makeClip({ warnings: ['color is newer', 'another'] });
  expect(clipDescription(warned, '14:32')).toMatch(/^color is newer · sent 14:32 · 48 frames/);
  const incomplete = makeClip({ state: 'incomplete', reason: 'depth has 7 frames, color 8' });
  expect(clipDescription(incomplete, '14:32')).toBe('depth has 7 frames, color 8');
  expect(clipSpoken(incomplete)).toBe('lot, incomplete, depth has 7 frames, color 8');
  expect(clipDescription(makeClip({ state: 'offline' }))).toBe('offline');
  expect(clipContext(makeClip())).toBe('clip.ready.sendable');
  expect(clipContext(incomplete)).toBe('clip.incomplete');
});

test("a clip's tooltip has its pictures, colour first, its range and its warnings", () => {
  const clip = makeClip({
    range: { first: 1001, last: 1048, step: 1 },
    warnings: ['color is newer'],
    passes: ['depth', 'color'],
  });
  const jpeg = 'data:image/jpeg;base64,/9j/4A==';
  const { text } = clipTooltip(
    clip,
    { depth: jpeg, color: jpeg },
    { sent: '14:32', results: 2, sends: 'Preview on local' },
  );
  expect(text).toContain(`![color](${jpeg}|width=288)\n\n![depth](${jpeg}|width=92)`);
  expect(text).toContain('| Frames | 48 \\(1001–1048\\) |');
  expect(text).toContain('| Last sent | 14\\:32 |\n| Results | 2 |');
  expect(text).toContain('⚠ color is newer');
  expect(clipTooltip(clip, {}, { sent: undefined, results: 0, sends: '' }).text).not.toMatch(
    /!\[|Send|Last sent|Results/,
  );
});

test('a watched folder says how it is watched', () => {
  expect(watchDescription(makeWatch(), 1)).toBe('1 clip');
  expect(watchDescription(makeWatch({ autoSend: true, poll: true }), 3)).toBe('auto-send · polling · 3 clips');
  expect(watchDescription(makeWatch({ state: 'offline' }), 3)).toBe('offline');
  expect(watchContext(makeWatch({ autoSend: true }))).toBe('watch.online.auto.removable');
  expect(watchContext(makeWatch({ source: 'config' }))).toBe('watch.online.manual');
});

test('a host says state, GPUs, price and what is in its way', () => {
  const problem = {
    code: 'host_key_unknown' as const,
    message: 'Its key is not known.',
    remedy: 'cosmos host trust gpu1',
    data: {},
  };
  expect(hostDescription(makeHost())).toBe('online · 4× H100 · $2.50 an hour');
  expect(hostDescription(makeHost({ state: 'unreachable', problem }))).toBe(
    'its key is not trusted · Its key is not known · 4× H100 · $2.50 an hour',
  );
  expect(hostDescription(makeHost(), 'free for a job')).toBe('online · free for a job · 4× H100 · $2.50 an hour');
  const away = makeHost({ state: 'unreachable', reason: 'Nothing answers.' });
  expect(hostDescription(away, 'free for a job')).toBe('unreachable · Nothing answers · 4× H100 · $2.50 an hour');
  expect(hostSpoken(makeHost())).toBe('gpu1, online, 4× H100, $2.50 an hour');
  const asks = { ...problem, code: 'host_asks' as const };
  expect(hostDescription(makeHost({ problem: asks }))).toMatch(/^asks you to log in · /);
  expect(hostContext(makeHost({ problem }))).toBe('host.ssh.online.active.trustable');
  expect(hostContext(makeHost({ problem: { ...problem, code: 'identity_locked' } }))).toMatch(/\.locked$/);
  expect(hostContext(makeHost({ problem: asks }))).toMatch(/\.locked$/);
  expect(hostContext(makeHost({ draining: 'ann' }))).toBe('host.ssh.online.drained');
});

test('a slot says what runs there, or who else holds it', () => {
  const slot = { index: 0, run: 'r1', lease: null };
  const yard = makeJob({ name: 'yard', settings: { ...makeJob().settings, name: 'yard_seed2' } });
  expect(slotDescription({ slot, run: makeRun(), jobs: [makeJob(), yard], now })).toBe(
    'runs lot, yard_seed2 · Transfer 2.5',
  );
  const free = { slot: { ...slot, run: null }, run: undefined, jobs: [], now };
  expect(slotDescription(free)).toBe('free for a job');
  const lease = { owner: 'ann@studio', run: 'x', since: at(10, 30) };
  expect(slotDescription({ ...free, slot: { index: 0, run: null, lease } })).toBe('held by ann@studio since 10:30');
});

test('a result says what tells it from others of its clip; its mark is its icon', () => {
  const result = makeResult({ name: 'lot', video: '/exports/lot_preview_2.mp4', createdAt: at(14, 32) });
  const job = makeJob({ settings: { ...makeJob().settings, set: { seed: 7 } } });
  expect(resultDescription({ result, job, now })).toBe('14:32 · a wet street · seed 7 · Preview');
  expect(resultDescription({ result, job: undefined, now })).toBe('14:32 · Preview');
  expect(resultDescription({ result: { ...result, preview: false }, job: undefined, now })).toBe('14:32');
  const stale = { ...result, preview: false, stale: true, mark: 'star' as const };
  expect(resultDescription({ result: stale, job: makeJob({ engine: 'cosmos3' }), now })).toBe(
    'stale · 14:32 · a wet street · Cosmos 3',
  );
  expect(resultSpoken({ result: stale, job, now })).toBe('lot_2, starred, stale, 14:32, a wet street, seed 7, Preview');
  expect(resultContext(makeResult({ mark: 'star' }))).toBe('result.star.clip');
  expect(resultContext(makeResult({ clip: null }))).toBe('result.unmarked');
  expect(resultIcon(makeResult({ mark: 'accept' })).id).toBe('pass-filled');
});
