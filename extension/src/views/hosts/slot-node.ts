/** A slot of a host: a set of GPUs that one run holds. */
import * as l10n from '@vscode/l10n';
import type { Row } from '../../shown/rows.js';
import type { Store } from '../../store.js';
import type { TreeNode } from '../tree.js';
import type { HostNode } from './host-node.js';
import { slotDescription, slotIcon } from './host-text.js';

export class SlotNode implements TreeNode {
  readonly id: string;

  constructor(
    readonly parent: HostNode,
    private readonly index: number,
    private readonly store: Store,
  ) {
    this.id = `slot:${parent.host}:${index}`;
  }

  row(): Row {
    const { hosts, runs, jobs } = this.store;
    const label = l10n.t('Slot {0}', this.index + 1);
    const slot = hosts.get(this.parent.host)?.slots.find(({ index }) => index === this.index);
    if (slot === undefined) return { label }; // gone between two looks; the list is on its way
    const run = slot.run === null ? undefined : runs.get(slot.run);
    const members = (run?.members ?? []).flatMap((id) => jobs.get(id) ?? []);
    return {
      label,
      description: slotDescription({ slot, run, jobs: members }),
      icon: slotIcon(slot),
      context: run === undefined ? 'slot.free' : 'slot.busy',
    };
  }
}
