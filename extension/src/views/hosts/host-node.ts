/** A host in the hosts view, with its slots below. */
import { MarkdownString, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Store } from '../../store.js';
import { themeIcon } from '../theme-icon.js';
import type { TreeNode } from '../tree.js';
import { hostContext, hostDescription, hostIcon, hostTooltip } from './host-text.js';
import { SlotNode } from './slot-node.js';

export class HostNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Host id; commands look for it in their argument. */
    readonly host: string,
    private readonly store: Store,
  ) {
    this.id = `host:${host}`;
  }

  item(): TreeItem {
    const item = new TreeItem(this.host, TreeItemCollapsibleState.Expanded);
    const host = this.store.hosts.get(this.host);
    if (host === undefined) return item; // gone between two looks; the list is on its way
    if (host.slots.length === 0) item.collapsibleState = TreeItemCollapsibleState.None;
    item.description = hostDescription(host);
    item.iconPath = themeIcon(hostIcon(host));
    item.contextValue = hostContext(host);
    return item;
  }

  children(): readonly TreeNode[] {
    const slots = this.store.hosts.get(this.host)?.slots ?? [];
    return slots.map(({ index }) => new SlotNode(this, index, this.store));
  }

  async resolve(item: TreeItem): Promise<void> {
    const host = this.store.hosts.get(this.host);
    if (host !== undefined) item.tooltip = new MarkdownString(hostTooltip(host));
  }
}
