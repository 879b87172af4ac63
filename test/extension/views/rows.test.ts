/** Rows of the clips, hosts and results views. */
import { expect, test } from 'vitest';
import { clipContext, clipDescription, clipTooltip } from '../../../extension/src/views/clips/clip-text.js';
import { watchContext, watchDescription } from '../../../extension/src/views/clips/watch-text.js';
import { hostContext, hostDescription, slotDescription } from '../../../extension/src/views/hosts/host-text.js';
import { resultContext, resultDescription, resultIcon } from '../../../extension/src/views/results/result-text.js';
import { makeClip, makeHost, makeJob, makeResult, makeRun, makeWatch } from '../../support/told.js';

test('a ready clip says what it is, another why it is not', () => {
  expect(clipDescription(makeClip())).toBe('48 frames · 1280×720 · color, depth');
  const incomplete = makeClip({ state: 'incomplete', reason: 'depth: frame 0037 missing' });
  expect(clipDescription(incomplete)).toBe('incomplete · depth: frame 0037 missing');
  expect(clipContext(makeClip())).toBe('clip.ready.sendable');
  expect(clipContext(incomplete)).toBe('clip.incomplete');
});

test("a clip's tooltip has its range and its warnings", () => {
  const { text } = clipTooltip(makeClip({ range: { first: 1001, last: 1048, step: 1 }, warnings: ['color is newer'] }));
  expect(text).toContain('| Frames | 48 \\(1001–1048\\) |');
  expect(text).toContain('⚠ color is newer');
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
    'its key is not trusted · 4× H100 · $2.50 an hour · Its key is not known.',
  );
  const asks = { ...problem, code: 'host_asks' as const };
  expect(hostDescription(makeHost({ problem: asks }))).toMatch(/^asks you to log in · /);
  expect(hostContext(makeHost({ problem }))).toBe('host.ssh.online.active.trustable');
  expect(hostContext(makeHost({ problem: { ...problem, code: 'identity_locked' } }))).toMatch(/\.locked$/);
  expect(hostContext(makeHost({ problem: asks }))).toMatch(/\.locked$/);
  expect(hostContext(makeHost({ draining: 'ann' }))).toBe('host.ssh.online.drained');
});

test('a slot says what runs there, or who else holds it', () => {
  const slot = { index: 0, run: 'r1', lease: null };
  expect(slotDescription({ slot, run: makeRun(), jobs: [makeJob(), makeJob({ name: 'yard' })] })).toBe(
    'Transfer 2.5 · lot, yard',
  );
  expect(slotDescription({ slot: { ...slot, run: null }, run: undefined, jobs: [] })).toBe('free');
  const lease = { owner: 'ann@studio', run: 'x', since: '2026-01-01T10:30:00.000Z' };
  expect(slotDescription({ slot: { index: 0, run: null, lease }, run: undefined, jobs: [] })).toMatch(
    /^held by ann@studio since /,
  );
});

test('a result says what made it; its mark is its icon', () => {
  expect(resultDescription(makeResult(), undefined)).toBe('Preview · 1280×720 · 48 frames');
  const stale = makeResult({ preview: false, stale: true });
  expect(resultDescription(stale, makeJob({ engine: 'cosmos3' }))).toBe(
    'Cosmos 3 · 1280×720 · 48 frames · stale: the clip has changed',
  );
  expect(resultContext(makeResult({ mark: 'star' }))).toBe('result.star.clip');
  expect(resultContext(makeResult({ clip: null }))).toBe('result.unmarked');
  expect(resultIcon(makeResult({ mark: 'accept' })).id).toBe('pass-filled');
});
