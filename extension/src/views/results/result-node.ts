/** A result in the results view. */
import * as l10n from '@vscode/l10n';
import { MarkdownString, TreeItem, Uri } from 'vscode';
import type { Store } from '../../store.js';
import { themeIcon } from '../theme-icon.js';
import type { TreeNode } from '../tree.js';
import { resultContext, resultDescription, resultIcon, resultTooltip } from './result-text.js';

export class ResultNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Job id: results go by it; commands look for either in their argument. */
    readonly result: string,
    private readonly store: Store,
  ) {
    this.id = `result:${result}`;
  }

  get job(): string {
    return this.result;
  }

  item(): TreeItem {
    const result = this.store.results.get(this.result);
    if (result === undefined) return new TreeItem(this.result); // gone between two looks; the list is on its way
    const item = new TreeItem(result.name);
    item.description = resultDescription(result, this.store.jobs.get(this.job));
    item.iconPath = themeIcon(resultIcon(result));
    item.contextValue = resultContext(result);
    item.command = { command: 'cosmos.result.open', title: l10n.t('Open'), arguments: [this] };
    return item;
  }

  async resolve(item: TreeItem): Promise<void> {
    const result = this.store.results.get(this.result);
    if (result === undefined) return;
    const poster = result.poster === null ? undefined : Uri.file(result.poster).toString();
    item.tooltip = new MarkdownString(resultTooltip(result, this.store.jobs.get(this.job), poster));
  }
}
