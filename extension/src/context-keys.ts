/** Context keys for `when` clauses: they decide which welcome view and which buttons are shown. */
import type { Disposable, Memento } from 'vscode';
import type { Bridge } from './bridge.js';
import { Coalescer } from './coalesce.js';
import { isHere } from './host-kinds.js';
import { setContext } from './walkthrough.js';

type Value = string | boolean;

/** Key of the global state: a daemon was connected before, so the user may worry about its jobs. */
const MET = 'cosmos.met';

export function keepContextKeys({ link, store }: Bridge, memory: Memento): Disposable {
  const told = new Map<string, Value>();
  const tell = () => {
    if (link.state.kind === 'connected' && !memory.get(MET)) void memory.update(MET, true);
    for (const [key, value] of Object.entries({ [MET]: memory.get(MET, false), ...contextKeys(link, store) })) {
      if (told.get(key) === value) continue;
      told.set(key, value);
      setContext(key, value);
    }
  };
  const later = new Coalescer(tell);
  const unlisten = [link.onState(tell), store.onChange(({ kind }) => kind !== 'progress' && later.add(kind))];
  tell();
  return {
    dispose() {
      later.dispose();
      for (const stop of unlisten) stop();
    },
  };
}

function contextKeys({ state }: Bridge['link'], store: Bridge['store']): Record<string, Value> {
  return {
    'cosmos.known': store.seq !== undefined,
    'cosmos.paused': store.queue.paused,
    'cosmos.watching': store.watches.size > 0,
    'cosmos.sendable': [...store.clips.values()].some(({ state }) => state === 'ready'),
    'cosmos.sent': store.jobs.size > 0,
    'cosmos.finished': store.results.size > 0,
    'cosmos.hosted': store.hosts.size > 0,
    'cosmos.remote': [...store.hosts.values()].some((host) => !isHere(host)),
    // Set after the trees are filled, so that no welcome view says that a full tree is empty.
    'cosmos.problem': state.kind === 'away' ? state.problem.code : '',
    'cosmos.link': state.kind,
    'cosmos.ready': state.kind === 'connected',
  };
}
