/** The hosts view: machines with their slots, and what runs there. */
import { type Disposable, type TreeView, window } from 'vscode';
import type { Change, Store } from '../../../../client/store.js';
import type { Bridge } from '../../bridge.js';
import { isHere } from '../../host-kinds.js';
import { Tree, type TreeNode } from '../tree.js';
import { AddHostNode } from './add-host-node.js';
import { HostNode } from './host-node.js';

export class HostsView implements Disposable {
  readonly view: TreeView<TreeNode>;
  readonly tree: Tree;
  private readonly nodes = new Map<string, HostNode>();
  private readonly addHost = new AddHostNode();
  private readonly store: Store;
  private readonly now: () => number;
  private readonly unlisten: () => void;

  constructor({ store, link, now }: Bridge) {
    this.store = store;
    this.now = now;
    this.tree = new Tree(() => this.roots(), link.settled);
    this.view = window.createTreeView('cosmos.hosts', { treeDataProvider: this.tree });
    this.unlisten = store.onChange((change) => this.changed(change));
  }

  dispose(): void {
    this.unlisten();
    this.view.dispose();
    this.tree.dispose();
  }

  private roots(): TreeNode[] {
    const hosts = [...this.store.hosts.values()];
    const nodes = hosts.map(({ id }) => this.node(id));
    const onlyHere = hosts.length > 0 && hosts.every(isHere);
    return onlyHere ? [...nodes, this.addHost] : nodes;
  }

  private changed(change: Change): void {
    switch (change.kind) {
      case 'all':
        this.tree.refreshAll();
        break;
      case 'host':
        this.redraw(change.id);
        break;
      case 'run': {
        const run = this.store.runs.get(change.id);
        if (run !== undefined) this.redraw(run.host);
        break;
      }
      case 'job':
      case 'clip':
      case 'watch':
      case 'result':
      case 'queue':
      case 'progress':
        break;
    }
  }

  private redraw(host: string): void {
    const node = this.nodes.get(host);
    if (node !== undefined && this.store.hosts.has(host)) this.tree.refresh(node);
    else this.tree.refreshAll();
  }

  private node(host: string): HostNode {
    let node = this.nodes.get(host);
    if (node === undefined) {
      node = new HostNode(host, this.store, this.now);
      this.nodes.set(host, node);
    }
    return node;
  }
}
