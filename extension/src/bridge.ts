/** The parts that every view and command works with. */
import type { History } from '../../client/history.js';
import type { Store } from '../../client/store.js';
import type { Link } from './link.js';
import type { SendChoices } from './send-choices.js';
import type { Log } from './shown/surfaces.js';

export interface Bridge {
  readonly link: Link;
  readonly store: Store;
  readonly history: History;
  readonly choices: SendChoices;
  readonly log: Log;
  /** The current time in milliseconds since 1970. Costs and "today" are counted with it. */
  readonly now: () => number;
}
