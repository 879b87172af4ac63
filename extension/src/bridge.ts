/** What every view and command works with. */
import type { History } from '../../client/history.js';
import type { Store } from '../../client/store.js';
import type { Link } from './link.js';
import type { SendChoices } from './send-choices.js';
import type { Log } from './shown/places.js';

export interface Bridge {
  readonly link: Link;
  readonly store: Store;
  readonly history: History;
  readonly choices: SendChoices;
  readonly log: Log;
  /** Milliseconds since 1970; costs and "today" are counted with it. */
  readonly now: () => number;
}
