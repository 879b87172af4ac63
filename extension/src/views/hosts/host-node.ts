/** A host in the hosts view, with its slots below if it has several. */
import type { Store } from '../../../../client/store.js';
import type { Host } from '../../../../schemas/received.js';
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import { shortName } from '../short.js';
import type { TreeNode } from '../tree.js';
import { hostContext, hostDescription, hostIcon, hostSpoken, hostTooltip, slotDescription } from './host-text.js';
import { SlotNode, slotFacts } from './slot-node.js';

export class HostNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Host id, which commands read from their argument. */
    readonly host: string,
    private readonly store: Store,
    private readonly now: () => number,
  ) {
    this.id = `host:${host}`;
  }

  row(): Row {
    const host = this.store.hosts.get(this.host);
    if (host === undefined) return { label: this.host, open: true }; // removed meanwhile; the new list follows
    const [only] = host.slots;
    const slot = only && !hasRows(host) ? slotDescription(slotFacts(only, this.store, this.now())) : undefined;
    return {
      label: shortName(this.host),
      description: hostDescription(host, slot),
      spoken: hostSpoken(host, slot),
      icon: hostIcon(host),
      context: hostContext(host),
      ...(hasRows(host) && { open: true }),
    };
  }

  children(): readonly TreeNode[] {
    const host = this.store.hosts.get(this.host);
    if (host === undefined || !hasRows(host)) return [];
    return host.slots.map(({ index }) => new SlotNode(this, index, this.store, this.now));
  }

  tooltip(): Markdown | undefined {
    const host = this.store.hosts.get(this.host);
    return host && hostTooltip(host, this.now());
  }
}

/** A single slot has no row, because the row of the host says the same. */
function hasRows({ slots }: Host): boolean {
  return slots.length > 1;
}
