/** The results view: every verified output, newest first. */
import { type Disposable, type TreeView, window } from 'vscode';
import type { Change } from '../../../../client/store.js';
import type { Result } from '../../../../schemas/received.js';
import type { Bridge } from '../../bridge.js';
import { onNewDay } from '../moment.js';
import { MoreNode, type Pages } from '../more-node.js';
import { compareText, Sorted } from '../sorted.js';
import { Tree, type TreeNode } from '../tree.js';
import { ResultNode } from './result-node.js';

/** Number of rows shown first, and that "more" adds. */
const PAGE = 100;

type Row = Result & { readonly id: string };
const newestFirst = (a: Row, b: Row) => compareText(b.createdAt, a.createdAt) || compareText(b.id, a.id);

export class ResultsView implements Disposable, Pages {
  readonly view: TreeView<TreeNode>;
  readonly tree: Tree;
  private readonly nodes = new Map<string, ResultNode>();
  private readonly more = new MoreNode(this, undefined);
  private results: Sorted<Row>;
  private shown = PAGE;
  private readonly subscriptions: Disposable[];

  constructor(private readonly bridge: Bridge) {
    this.results = this.sort();
    this.tree = new Tree(() => this.roots(), bridge.link.settled);
    this.view = window.createTreeView('cosmos.results', { treeDataProvider: this.tree, canSelectMany: true });
    this.subscriptions = [
      this.view,
      this.tree,
      { dispose: bridge.store.onChange((change) => this.changed(change)) },
      onNewDay(() => this.tree.refreshAll()),
    ];
  }

  get hidden(): number {
    return Math.max(0, this.results.size + this.bridge.store.olderResults.left - this.shown);
  }

  async showMore(): Promise<void> {
    this.shown += PAGE;
    if (this.results.size < this.shown) await this.bridge.history.readResults();
    this.tree.refreshAll();
  }

  async reveal(result: string): Promise<void> {
    const place = this.results.indexOf(result);
    if (place < 0) return;
    if (this.shown <= place) this.tree.refreshAll();
    while (this.shown <= place) this.shown += PAGE;
    this.tree.drawNow();
    await this.view.reveal(this.node(result), { select: true, focus: true });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private sort(): Sorted<Row> {
    return new Sorted(newestFirst, [...this.bridge.store.results.values()].map(row));
  }

  private roots(): TreeNode[] {
    const nodes: TreeNode[] = this.results.first(this.shown).map(({ id }) => this.node(id));
    return this.hidden > 0 ? [...nodes, this.more] : nodes;
  }

  private changed({ kind, ...change }: Change): void {
    if (kind === 'all') {
      this.results = this.sort();
      this.tree.refreshAll();
      return;
    }
    if (kind !== 'result' || !('id' in change)) return;
    const result = this.bridge.store.results.get(change.id);
    if (result === undefined) return;
    if (this.results.put(row(result))) this.tree.refreshAll();
    else this.tree.refresh(this.node(result.job));
  }

  private node(result: string): ResultNode {
    let node = this.nodes.get(result);
    if (node === undefined) {
      node = new ResultNode(result, this.bridge.store, this.bridge.now);
      this.nodes.set(result, node);
    }
    return node;
  }
}

function row(result: Result): Row {
  return { ...result, id: result.job };
}
