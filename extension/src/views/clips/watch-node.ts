/** A watched folder in the clips view, with its clips below. */
import path from 'node:path';
import { TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Store } from '../../store.js';
import { themeIcon } from '../theme-icon.js';
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

  item(): TreeItem {
    const item = new TreeItem(path.basename(this.watch), TreeItemCollapsibleState.Expanded);
    item.tooltip = this.watch;
    const watch = this.store.watches.get(this.watch);
    if (watch === undefined) return item; // gone between two looks; the list is on its way
    item.description = watchDescription(watch, this.clips(this.watch).length);
    item.iconPath = themeIcon(watchIcon(watch));
    item.contextValue = watchContext(watch);
    return item;
  }

  children(): readonly TreeNode[] {
    return this.clips(this.watch);
  }
}
