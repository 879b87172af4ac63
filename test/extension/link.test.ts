import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Daemons, Link } from '../../extension/src/link.js';
import { Store } from '../../extension/src/store.js';

let link: Link;
/** No time passes by itself. */
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  link.close();
  vi.useRealTimers();
});

function linkTo(find: Daemons['find']): Link {
  const daemons: Daemons = {
    find,
    start: () => Promise.reject(new Error('nobody asked for it')),
    autoStart: false,
    hasCrashed: async () => false,
    mayHaveCome: (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  };
  link = new Link(daemons, new Store());
  void link.run();
  return link;
}

test('that there is no daemon is a first word', async () => {
  await linkTo(async () => undefined).settled;
  expect(link.state).toMatchObject({ kind: 'away', problem: { code: 'daemon_unreachable' } });
});

test('a daemon that lets everybody wait is not waited for long', async () => {
  let isSettled = false;
  void linkTo(() => new Promise(() => {})).settled.then(() => {
    isSettled = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isSettled).toBe(true);
  expect(link.state.kind).toBe('connecting');
});
