/** A slot of a host: a set of GPUs that one run holds. */
import * as l10n from '@vscode/l10n';
import type { Store } from '../../../../client/store.js';
import type { Slot } from '../../../../schemas/received.js';
import type { Row } from '../../shown/rows.js';
import type { TreeNode } from '../tree.js';
import { spoken } from '../words.js';
import { type SlotFacts, slotDescription, slotIcon } from './host-text.js';

export class SlotNode implements TreeNode {
  readonly id: string;

  constructor(
    readonly parent: TreeNode & { readonly host: string },
    private readonly index: number,
    private readonly store: Store,
    private readonly now: () => number,
  ) {
    this.id = `slot:${parent.host}:${index}`;
  }

  row(): Row {
    const label = l10n.t('Slot {0}', this.index + 1);
    const slot = this.store.hosts.get(this.parent.host)?.slots.find(({ index }) => index === this.index);
    if (slot === undefined) return { label }; // removed meanwhile; the new list follows
    const facts = slotFacts(slot, this.store, this.now());
    const description = slotDescription(facts);
    return {
      label,
      description,
      spoken: spoken(label, description),
      icon: slotIcon(slot),
      context: facts.run === undefined ? 'slot.free' : 'slot.busy',
    };
  }
}

export function slotFacts(slot: Slot, { runs, jobs }: Store, now: number): SlotFacts {
  const run = slot.run === null ? undefined : runs.get(slot.run);
  return { slot, run, jobs: (run?.members ?? []).flatMap((id) => jobs.get(id) ?? []), now };
}
