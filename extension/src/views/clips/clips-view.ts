/** The clips view: watched folders with their clips, and clips from elsewhere that were made known to the daemon. */
import { type Disposable, type TreeView, window } from 'vscode';
import type { Change, Store } from '../../../../client/store.js';
import type { Bridge } from '../../bridge.js';
import { planeWords } from '../../commands/send-words.js';
import { onNewDay } from '../moment.js';
import { Tree, type TreeNode } from '../tree.js';
import { type ClipFacts, ClipNode } from './clip-node.js';
import { ClipPosters } from './clip-posters.js';
import { LastSent } from './last-sent.js';
import { WatchNode } from './watch-node.js';

export class ClipsView implements Disposable {
  readonly view: TreeView<TreeNode>;
  readonly tree: Tree;
  private readonly clipNodes = new Map<string, ClipNode>();
  private readonly watchNodes = new Map<string, WatchNode>();
  /** Clips by watched folder, sorted by name; created on first use. */
  private byRoot: ReadonlyMap<string, readonly ClipNode[]> | undefined;
  private readonly store: Store;
  private readonly facts: ClipFacts;
  /** Created on first use. */
  private sent: LastSent | undefined;
  private readonly subscriptions: Disposable[];

  constructor({ store, link, choices, now }: Bridge) {
    this.store = store;
    const posters = new ClipPosters(link);
    this.facts = {
      ...{ store, posters, now },
      lastSent: (clip) => this.lastSent().of(clip),
      sends: (clip) => planeWords(clip, choices.of(clip), [...store.hosts.values()]),
    };
    this.tree = new Tree(() => this.roots(), link.settled);
    this.view = window.createTreeView('cosmos.clips', { treeDataProvider: this.tree, canSelectMany: true });
    this.subscriptions = [
      this.view,
      this.tree,
      { dispose: store.onChange((change) => this.changed(change)) },
      onNewDay(() => this.tree.refreshAll()),
    ];
  }

  async reveal(clip: string): Promise<void> {
    if (!this.store.clips.has(clip)) return;
    this.tree.drawNow();
    await this.view.reveal(this.clipNode(clip), { select: true, focus: true, expand: true });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private roots(): TreeNode[] {
    const watched = [...this.store.watches.keys()].sort(byName);
    const elsewhere = [...this.sorted().entries()].filter(([root]) => !this.store.watches.has(root));
    return [...watched.map((root) => this.watchNode(root)), ...elsewhere.flatMap(([, clips]) => clips)];
  }

  private changed(change: Change): void {
    switch (change.kind) {
      case 'all':
        this.byRoot = undefined;
        this.sent = undefined;
        this.tree.refreshAll();
        break;
      case 'clip':
        this.clipChanged(change.id);
        break;
      case 'watch':
        this.watchChanged(change.id);
        break;
      case 'job':
        this.jobChanged(change.id);
        break;
      case 'run':
      case 'result':
      case 'host':
      case 'queue':
      case 'progress':
        break;
    }
  }

  /**
   * The name and root of a clip never change. So a new or removed clip changes a list, and every other change one row.
   */
  private clipChanged(id: string): void {
    const clip = this.store.clips.get(id);
    const node = this.clipNodes.get(id);
    if (clip !== undefined && node !== undefined) {
      this.tree.refresh(node);
      return;
    }
    this.byRoot = undefined;
    this.clipNodes.delete(id);
    const folder = clip && this.folderOf(clip.root);
    if (folder === undefined) this.tree.refreshAll();
    else this.tree.refresh(folder);
  }

  private jobChanged(id: string): void {
    const job = this.store.jobs.get(id);
    const clip = job && this.sent?.put(job);
    if (clip !== undefined && this.clipNodes.has(clip)) this.tree.refresh(this.clipNode(clip));
  }

  private lastSent(): LastSent {
    this.sent ??= new LastSent(this.store.jobs.values());
    return this.sent;
  }

  private watchChanged(root: string): void {
    const node = this.watchNodes.get(root);
    if (node !== undefined && this.store.watches.has(root)) this.tree.refresh(node);
    else this.tree.refreshAll();
  }

  private sorted(): ReadonlyMap<string, readonly ClipNode[]> {
    this.byRoot ??= this.sort();
    return this.byRoot;
  }

  private sort(): ReadonlyMap<string, readonly ClipNode[]> {
    const clips = [...this.store.clips.values()].sort((a, b) => byName(a.name, b.name));
    const byRoot = new Map<string, ClipNode[]>();
    for (const { id, root } of clips) {
      const list = byRoot.get(root);
      if (list === undefined) byRoot.set(root, [this.clipNode(id)]);
      else list.push(this.clipNode(id));
    }
    return byRoot;
  }

  private folderOf(root: string): WatchNode | undefined {
    return this.store.watches.has(root) ? this.watchNode(root) : undefined;
  }

  private clipNode(id: string): ClipNode {
    let node = this.clipNodes.get(id);
    if (node === undefined) {
      node = new ClipNode(id, this.facts, (root) => this.folderOf(root));
      this.clipNodes.set(id, node);
    }
    return node;
  }

  private watchNode(root: string): WatchNode {
    let node = this.watchNodes.get(root);
    if (node === undefined) {
      node = new WatchNode(root, this.store, (its) => this.sorted().get(its) ?? []);
      this.watchNodes.set(root, node);
    }
    return node;
  }
}

let names: Intl.Collator | undefined;

/** Sorts 2 before 10. */
function byName(a: string, b: string): number {
  names ??= new Intl.Collator(undefined, { numeric: true }); // it takes milliseconds, too long for the activation
  return names.compare(a, b);
}
