/** A host in the hosts view, with its slots below. */
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import type { Store } from '../../store.js';
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

  row(): Row {
    const host = this.store.hosts.get(this.host);
    if (host === undefined) return { label: this.host, open: true }; // gone between two looks; the list is on its way
    return {
      label: this.host,
      description: hostDescription(host),
      icon: hostIcon(host),
      context: hostContext(host),
      ...(host.slots.length > 0 && { open: true }),
    };
  }

  children(): readonly TreeNode[] {
    const slots = this.store.hosts.get(this.host)?.slots ?? [];
    return slots.map(({ index }) => new SlotNode(this, index, this.store));
  }

  tooltip(): Markdown | undefined {
    const host = this.store.hosts.get(this.host);
    return host && hostTooltip(host);
  }
}
