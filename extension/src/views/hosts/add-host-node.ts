/** Stands below the local host as long as it is the only one: previews work, and this is the way to more. */
import * as l10n from '@vscode/l10n';
import { ThemeIcon, TreeItem } from 'vscode';
import type { TreeNode } from '../tree.js';

export class AddHostNode implements TreeNode {
  readonly id = 'add-host';

  item(): TreeItem {
    const item = new TreeItem(l10n.t('Add a host...'));
    item.description = l10n.t('for Transfer 2.5 and Cosmos 3; previews run on this machine');
    item.tooltip = item.description;
    item.iconPath = new ThemeIcon('add');
    item.contextValue = 'add-host';
    item.command = { command: 'cosmos.host.add', title: l10n.t('Add a host...') };
    return item;
  }
}
