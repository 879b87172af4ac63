/** A result in the results view. */
import { Uri } from 'vscode';
import type { Store } from '../../../../client/store.js';
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import { shortName } from '../short.js';
import type { TreeNode } from '../tree.js';
import {
  type ResultLine,
  resultContext,
  resultDescription,
  resultIcon,
  resultSpoken,
  resultTitle,
  resultTooltip,
} from './result-text.js';

export class ResultNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Job id, which also identifies the result; commands read either from their argument. */
    readonly result: string,
    private readonly store: Store,
    private readonly now: () => number,
  ) {
    this.id = `result:${result}`;
  }

  get job(): string {
    return this.result;
  }

  row(): Row {
    const line = this.line();
    if (line === undefined) return { label: this.result }; // removed meanwhile; the new list follows
    const { result } = line;
    return {
      label: shortName(resultTitle(result)),
      description: resultDescription(line),
      spoken: resultSpoken(line),
      icon: resultIcon(result),
      context: resultContext(result),
      click: ['cosmos.result.open', this],
    };
  }

  tooltip(): Markdown | undefined {
    const line = this.line();
    const poster = line?.result.poster ?? undefined;
    return line && resultTooltip(line, poster && Uri.file(poster).toString());
  }

  private line(): ResultLine | undefined {
    const { results, jobs } = this.store;
    const result = results.get(this.result);
    return result && { result, job: jobs.get(this.job), now: this.now() };
  }
}
