/** A watched folder in the clips view, with its clips below. */
import path from 'node:path';
import type { Row } from '../../shown/rows.js';
import type { Store } from '../../store.js';
import type { TreeNode } from '../tree.js';
import { watchContext, watchDescription, watchIcon } from './watch-text.js';

export class WatchNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Its path; commands look for it in their argument. */
    readonly watch: string,
    private readonly store: Store,
    private readonly clips: (root: string) => readonly TreeNode[],
  ) {
    this.id = `watch:${watch}`;
  }

  row(): Row {
    const folder = { label: path.basename(this.watch), tooltip: this.watch, open: true };
    const watch = this.store.watches.get(this.watch);
    if (watch === undefined) return folder; // gone between two looks; the list is on its way
    return {
      ...folder,
      description: watchDescription(watch, this.clips(this.watch).length),
      icon: watchIcon(watch),
      context: watchContext(watch),
    };
  }

  children(): readonly TreeNode[] {
    return this.clips(this.watch);
  }
}
