/** A watched folder in the clips view, with its clips below. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Store } from '../../../../client/store.js';
import type { Row } from '../../shown/rows.js';
import { shortName } from '../short.js';
import type { TreeNode } from '../tree.js';
import { spoken } from '../words.js';
import { watchContext, watchDescription, watchIcon } from './watch-text.js';

export class WatchNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Its path, which commands read from their argument. */
    readonly watch: string,
    private readonly store: Store,
    private readonly clips: (root: string) => readonly TreeNode[],
  ) {
    this.id = `watch:${watch}`;
  }

  row(): Row {
    const name = path.basename(this.watch) || this.watch;
    const folder = { label: shortName(name), tooltip: this.watch, open: true };
    const watch = this.store.watches.get(this.watch);
    if (watch === undefined) return folder; // removed meanwhile; the new list follows
    const description = watchDescription(watch, this.clips(this.watch).length);
    return {
      ...folder,
      description,
      spoken: spoken(l10n.t('folder {0}', name), description),
      icon: watchIcon(watch),
      context: watchContext(watch),
    };
  }

  children(): readonly TreeNode[] {
    return this.clips(this.watch);
  }
}
