/** What every view and command works with. */
import type { LogOutputChannel } from 'vscode';
import type { History } from './history.js';
import type { Link } from './link.js';
import type { Store } from './store.js';

export interface Bridge {
  readonly link: Link;
  readonly store: Store;
  readonly history: History;
  readonly log: LogOutputChannel;
  /** Milliseconds since 1970; costs and "today" are counted with it. */
  readonly now: () => number;
}
