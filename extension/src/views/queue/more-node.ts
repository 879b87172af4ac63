/** The last row of a long group: shows more of it. */
import * as l10n from '@vscode/l10n';
import { ThemeIcon, TreeItem } from 'vscode';
import type { TreeNode } from '../tree.js';
import type { GroupNode } from './group-node.js';

export class MoreNode implements TreeNode {
  readonly id: string;

  constructor(readonly parent: GroupNode) {
    this.id = `more:${parent.group}`;
  }

  item(): TreeItem {
    const item = new TreeItem(l10n.t('Show more'));
    item.description = l10n.t('{0} not shown', this.parent.hidden);
    item.iconPath = new ThemeIcon('ellipsis');
    item.contextValue = 'more';
    item.command = { command: 'cosmos.queue.more', title: l10n.t('Show more'), arguments: [this] };
    return item;
  }
}
