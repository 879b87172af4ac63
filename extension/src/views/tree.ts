/** A tree whose nodes keep their ids. Only changed nodes are drawn again, and many changes in quick succession once. */
import { type Disposable, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import { Coalescer } from '../coalesce.js';
import type { Markdown } from '../shown/markdown.js';
import { type Row, setTooltip, treeItem } from '../shown/rows.js';

/** A node of a tree. The same thing is the same object as long as the tree shows it. */
export interface TreeNode {
  /** Id, unique in the tree. */
  readonly id: string;
  readonly parent?: TreeNode | undefined;
  row(): Row;
  children?(): readonly TreeNode[];
  /** The tooltip, created when the pointer rests on a row that has none. */
  tooltip?(): Markdown | undefined | Promise<Markdown | undefined>;
}

export class Tree implements TreeDataProvider<TreeNode>, Disposable {
  private readonly changes = new EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  /** Before the first drawing there is nothing to draw again, and VS Code would take half a second for it. */
  private isRead = false;
  private readonly coalescer = new Coalescer<TreeNode | Tree>((nodes) => this.tell(nodes));

  /** @param settled resolves when the data has arrived: see getChildren. */
  constructor(
    private readonly roots: () => readonly TreeNode[],
    private readonly settled: Promise<void>,
  ) {}

  /** Draws nodes and their children again soon. */
  refresh(...nodes: readonly TreeNode[]): void {
    this.coalescer.add(...nodes);
  }

  refreshAll(): void {
    this.coalescer.add(this);
  }

  /** A row can be revealed only when the window knows it, so pending changes are drawn first. */
  drawNow(): void {
    this.coalescer.flush();
  }

  /** Waits for the first data of the daemon, because VS Code takes half a second to redraw a tree that was empty. */
  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    await this.settled;
    if (node === undefined) {
      this.isRead = true;
      this.coalescer.forget(); // everything is read now, so no change is pending
    }
    return this.childrenOf(node);
  }

  childrenOf(node?: TreeNode): TreeNode[] {
    return [...(node === undefined ? this.roots() : (node.children?.() ?? []))];
  }

  getTreeItem(node: TreeNode): TreeItem {
    return treeItem(node.id, node.row());
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async resolveTreeItem(item: TreeItem, node: TreeNode): Promise<TreeItem> {
    const tooltip = await node.tooltip?.();
    if (tooltip !== undefined) setTooltip(item, tooltip);
    return item;
  }

  dispose(): void {
    this.coalescer.dispose();
    this.changes.dispose();
  }

  private tell(nodes: readonly (TreeNode | Tree)[]): void {
    if (!this.isRead) return;
    const some = nodes.filter((node): node is TreeNode => !(node instanceof Tree));
    this.changes.fire(some.length === nodes.length ? some : undefined);
  }
}
