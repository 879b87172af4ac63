/** The last row of a long list: shows more of it. */
import * as l10n from '@vscode/l10n';
import type { Row } from '../shown/rows.js';
import type { TreeNode } from './tree.js';

/** The facts about a long list. */
export interface Pages {
  /** Number of rows that are not shown yet. */
  readonly hidden: number;
  /** @throws Problem if the next page cannot be read. */
  showMore(): Promise<void>;
}

export class MoreNode implements TreeNode {
  readonly id: string;

  constructor(
    readonly pages: Pages,
    readonly parent: TreeNode | undefined,
  ) {
    this.id = `more:${parent?.id ?? ''}`;
  }

  row(): Row {
    return {
      label: l10n.t('Show more'),
      description: l10n.t('{0} not shown', this.pages.hidden),
      icon: { id: 'ellipsis' },
      context: 'more',
      click: ['cosmos.view.more', this],
    };
  }
}
