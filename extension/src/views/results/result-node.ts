/** A result in the results view. */
import { Uri } from 'vscode';
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import type { Store } from '../../store.js';
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

  row(): Row {
    const result = this.store.results.get(this.result);
    if (result === undefined) return { label: this.result }; // gone between two looks; the list is on its way
    return {
      label: result.name,
      description: resultDescription(result, this.store.jobs.get(this.job)),
      icon: resultIcon(result),
      context: resultContext(result),
      click: ['cosmos.result.open', this],
    };
  }

  tooltip(): Markdown | undefined {
    const result = this.store.results.get(this.result);
    if (result === undefined) return undefined;
    const poster = result.poster === null ? undefined : Uri.file(result.poster).toString();
    return resultTooltip(result, this.store.jobs.get(this.job), poster);
  }
}
