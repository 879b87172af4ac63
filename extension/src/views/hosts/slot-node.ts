/** A slot of a host: a set of GPUs that one run holds. */
import * as l10n from '@vscode/l10n';
import { TreeItem } from 'vscode';
import type { Store } from '../../store.js';
import { themeIcon } from '../theme-icon.js';
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

  item(): TreeItem {
    const { hosts, runs, jobs } = this.store;
    const item = new TreeItem(l10n.t('Slot {0}', this.index + 1));
    const slot = hosts.get(this.parent.host)?.slots.find(({ index }) => index === this.index);
    if (slot === undefined) return item; // gone between two looks; the list is on its way
    const run = slot.run === null ? undefined : runs.get(slot.run);
    const members = (run?.members ?? []).flatMap((id) => jobs.get(id) ?? []);
    item.description = slotDescription({ slot, run, jobs: members });
    item.iconPath = themeIcon(slotIcon(slot));
    item.contextValue = run === undefined ? 'slot.free' : 'slot.busy';
    return item;
  }
}
