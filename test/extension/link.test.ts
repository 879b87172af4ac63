import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Store } from '../../client/store.js';
import { findDaemon } from '../../extension/src/daemon.js';
import { type Daemons, Link, type LinkState } from '../../extension/src/link.js';
import { notSetUp, Problem } from '../../extension/src/problem.js';
import { FakeDaemon } from '../support/fake-daemon.js';
import { tempDir } from '../support/tmp.js';

let link: Link;
/** No time passes by itself. */
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  link.close();
  vi.useRealTimers();
});

/** Daemons of which there are none; `look` is one of the looks that are taken every few seconds, or by an event. */
class NoDaemons implements Daemons {
  autoStart = true;
  /** What install.json says. */
  installed: string | undefined;
  starts = 0;
  private wake = () => {};

  find: Daemons['find'] = async () => undefined;
  setUp = () => this.installed;
  idle = () => (this.installed === undefined ? notSetUp('install.json') : new Problem('daemon_unreachable', 'None.'));
  hasCrashed = async () => false;

  start: Daemons['start'] = async () => {
    this.starts++;
    throw this.installed === undefined ? notSetUp('install.json') : new Problem('start_failed', this.installed);
  };

  mayHaveCome: Daemons['mayHaveCome'] = (signal) =>
    new Promise((resolve) => {
      this.wake = resolve;
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
    });

  async look(): Promise<void> {
    this.wake();
    await settle();
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0);

function linkTo(change: Partial<NoDaemons> = {}): { daemons: NoDaemons; states: LinkState[] } {
  const daemons = Object.assign(new NoDaemons(), change);
  link = new Link(daemons, new Store());
  const states: LinkState[] = [];
  link.onState((state) => states.push(state));
  void link.run();
  return { daemons, states };
}

const away = (code: string, message?: string) => ({
  kind: 'away',
  problem: { code, ...(message !== undefined && { message }) },
});

test('that there is no daemon is a first word', async () => {
  linkTo({ autoStart: false, installed: 'a' });
  await link.settled;
  expect(link.state).toMatchObject(away('daemon_unreachable'));
});

test('a daemon that lets everybody wait is not waited for long', async () => {
  let isSettled = false;
  linkTo({ find: () => new Promise(() => {}) });
  void link.settled.then(() => {
    isSettled = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isSettled).toBe(true);
  expect(link.state.kind).toBe('connecting');
});

describe('why there is none', () => {
  test('is kept over many looks, and told once', async () => {
    const { daemons, states } = linkTo({ installed: 'no disk left' });
    await settle();
    for (let look = 0; look < 5; look++) await daemons.look();
    expect(link.state).toMatchObject(away('start_failed', 'no disk left'));
    expect(states.map(({ kind }) => kind)).toEqual(['starting', 'away']);
    expect(daemons.starts).toBe(1);
  });

  test('is that nobody has set it up, also where nothing may be started', async () => {
    const { daemons } = linkTo({ autoStart: false });
    await settle();
    expect([link.state, daemons.starts]).toMatchObject([away('not_installed'), 0]);
  });

  test('is forgotten when it is set up: then it is started without a click, unless nothing may be', async () => {
    const { daemons } = linkTo();
    await settle();
    expect([link.state, daemons.starts]).toMatchObject([away('not_installed'), 1]);
    daemons.installed = 'first';
    await daemons.look();
    expect([link.state, daemons.starts]).toMatchObject([away('start_failed', 'first'), 2]);
    daemons.installed = 'set up anew';
    await daemons.look();
    expect([link.state, daemons.starts]).toMatchObject([away('start_failed', 'set up anew'), 3]);
    Object.assign(daemons, { installed: 'once more', autoStart: false });
    await daemons.look();
    expect([link.state, daemons.starts]).toMatchObject([away('daemon_unreachable'), 3]);
  });

  test('is another one when somebody tries again', async () => {
    const { daemons } = linkTo();
    await settle();
    daemons.start = () => Promise.reject(new Problem('start_failed', 'too old'));
    await expect(link.start()).rejects.toMatchObject({ message: 'too old' });
    await daemons.look();
    expect(link.state).toMatchObject(away('start_failed', 'too old'));
  });

  test('is forgotten when the settings change', async () => {
    const { daemons } = linkTo({ installed: 'broken' });
    await settle();
    daemons.autoStart = false;
    link.reconnect();
    await settle();
    expect(link.state).toMatchObject(away('daemon_unreachable'));
  });

  test('is forgotten when a daemon is there that cannot be talked to, and not remembered when it goes', async () => {
    const { daemons } = linkTo({ installed: 'broken' });
    await settle();
    daemons.find = () => Promise.reject(new Problem('daemon_silent', 'It says nothing.'));
    await daemons.look();
    expect(link.state).toMatchObject(away('daemon_silent'));
    daemons.find = async () => undefined;
    await daemons.look();
    expect(link.state).toMatchObject(away('daemon_unreachable'));
  });
});

test('why a start failed is over once there was a connection', async () => {
  vi.useRealTimers();
  const daemon = await FakeDaemon.start(tempDir(), {});
  const { daemons } = linkTo({ installed: 'a key in cosmos.toml that is none' });
  await vi.waitFor(() => expect(link.state).toMatchObject(away('start_failed')));
  daemons.start = async () => (await findDaemon(daemon)) ?? expect.unreachable();
  expect(await link.start()).toMatchObject({ version: '0.0.0-fake' });
  daemon.close();
  await vi.waitFor(() => expect(link.state).toMatchObject(away('daemon_unreachable')));
});

describe('a start that somebody asks for', () => {
  test('ends with the reason, while another look is under way as well', async () => {
    let found = () => {};
    const first = new Promise<undefined>((resolve) => {
      found = () => resolve(undefined);
    });
    const { daemons } = linkTo({ autoStart: false, find: () => first });
    const asked = link.start();
    const answer = expect(asked).rejects.toMatchObject({ code: 'not_installed' });
    daemons.find = async () => undefined;
    found();
    await answer;
    expect(daemons.starts).toBe(1);
  });

  test('joins the one that is under way: nothing is started twice', async () => {
    let fail = () => {};
    const start = vi.fn(
      () =>
        new Promise<never>((_, reject) => {
          fail = () => reject(new Problem('start_failed', 'once'));
        }),
    );
    linkTo({ start, installed: 'a' });
    await settle();
    const answers = [link.start(), link.start()].map((asked) =>
      expect(asked).rejects.toMatchObject({ message: 'once' }),
    );
    fail();
    await Promise.all(answers);
    await settle();
    expect(start).toHaveBeenCalledTimes(1);
  });

  test('never hangs, not even when the window closes', async () => {
    linkTo({ start: () => new Promise(() => {}), installed: 'a' });
    await settle();
    const answer = expect(link.start()).rejects.toBeInstanceOf(Problem);
    link.close();
    await answer;
  });
});
