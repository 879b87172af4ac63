import { expect, test } from 'vitest';
import { statusSentence, statusText } from '../../extension/src/status-text.js';
import { costToday } from '../../extension/src/views/cost.js';
import { makeRun } from '../support/messages.js';

const idle = { running: 0, queued: 0, needsYou: 0, paused: false, eta: null, today: 0 };

test('what runs, what waits, how long, what it cost', () => {
  const facts = { ...idle, running: 2, queued: 5, eta: 740, today: 3.1 };
  expect(statusText(facts)).toBe('$(sync~spin) 2 $(clock) 5 · 12m · $3.10');
  expect(statusSentence(facts)).toBe('2 running · 5 queued · 12m left · $3.10 today');
});

test('idle, paused, and when somebody must act', () => {
  expect(statusText(idle)).toBe('$(device-camera-video) Cosmos');
  expect(statusText({ ...idle, paused: true, queued: 1 })).toBe('$(debug-pause) 1');
  expect(statusText({ ...idle, needsYou: 1 })).toBe('$(bell-dot) 1');
});

test('today is since midnight here, and runs that go on count until now', () => {
  const midnight = new Date(2026, 0, 2).getTime();
  const at = (hours: number) => new Date(midnight + hours * 3_600_000).toISOString();
  const runs = [
    makeRun({ pricePerHour: 2, createdAt: at(-3), endedAt: at(1) }),
    makeRun({ pricePerHour: 1, createdAt: at(2) }),
    makeRun({ pricePerHour: 9, createdAt: at(-9), endedAt: at(-8) }),
  ];
  expect(costToday(runs, midnight + 4 * 3_600_000)).toBeCloseTo(2 + 2);
});
