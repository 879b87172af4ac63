/**
 * The row below the local host while it is the only one. Previews work there; this row adds a host for the other
 * models.
 */
import * as l10n from '@vscode/l10n';
import type { Row } from '../../shown/rows.js';
import type { TreeNode } from '../tree.js';

export class AddHostNode implements TreeNode {
  readonly id = 'add-host';

  row(): Row {
    const [label, description] = [l10n.t('Add a Host...'), l10n.t('to run Cosmos models')];
    return {
      ...{ label, description, spoken: `${label} ${description}` },
      tooltip: l10n.t('Transfer 2.5 and Cosmos 3 need a host with GPUs. Previews run on this machine.'),
      icon: { id: 'add' },
      context: 'add-host',
      click: ['cosmos.host.add'],
    };
  }
}
