/** Prints watched folders as a table. */
import type { Watch } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import type { Context } from '../../context.js';
import { NONE } from '../../output/amounts.js';
import type { Column } from '../../output/table.js';

const COLUMNS: readonly Column<Watch>[] = [
  { head: 'FOLDER', cell: (watch) => watch.path, atLeast: 24 },
  { head: 'STATE', cell: (watch) => inWords(watch.state) },
  { head: 'MODE', cell: (watch) => inWords(watch.mode) },
  { head: 'AUTO-SEND', cell: (watch) => (watch.autoSend ? 'on' : 'off') },
  { head: 'PRESET', cell: (watch) => watch.preset ?? NONE },
  { head: 'SETTLE', cell: (watch) => `${watch.settle} s`, align: 'right' },
  { head: 'FPS', cell: (watch) => String(watch.fps), align: 'right' },
  { head: 'FROM', cell: (watch) => (watch.source === 'config' ? 'cosmos.toml' : 'watch add') },
];

export function showWatches({ out }: Context, watches: readonly Watch[]): void {
  out.table(COLUMNS, watches, 'No folder is watched. Start with: cosmos watch add FOLDER');
  if (watches.some(({ state }) => state === 'offline')) {
    out.note('A folder that is offline is not there, or cannot be read: is its drive mounted, is it spelled right?');
  }
}
