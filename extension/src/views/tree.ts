/** A tree of nodes with ids that stay. Only the nodes that changed are drawn anew, and a burst of changes once. */
import { type Disposable, EventEmitter, type TreeDataProvider, type TreeItem } from 'vscode';
import { Coalescer } from '../coalesce.js';
import type { Markdown } from '../shown/markdown.js';
import { type Row, setTooltip, treeItem } from '../shown/rows.js';

/** Something in a tree. The same thing is the same object for as long as the tree shows it. */
export interface TreeNode {
  /** Unique in the tree. */
  readonly id: string;
  readonly parent?: TreeNode | undefined;
  row(): Row;
  children?(): readonly TreeNode[];
  /** What is only needed when somebody points at it, where the row has no tooltip of its own. */
  tooltip?(): Markdown | undefined | Promise<Markdown | undefined>;
}

export class Tree implements TreeDataProvider<TreeNode>, Disposable {
  private readonly changes = new EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  /** Before that there is nothing to draw anew, and VS Code would take half a second for it. */
  private isRead = false;
  private readonly coalescer = new Coalescer<TreeNode | Tree>((nodes) => this.tell(nodes));

  /** @param settled when there is something to say of: see getChildren. */
  constructor(
    private readonly roots: () => readonly TreeNode[],
    private readonly settled: Promise<void>,
  ) {}

  /** Draws nodes and what is below them anew, soon. */
  refresh(...nodes: readonly TreeNode[]): void {
    this.coalescer.add(...nodes);
  }

  refreshAll(): void {
    this.coalescer.add(this);
  }

  /** A row can only be revealed once the window knows it; VS Code waits for the drawing that it was told of. */
  drawNow(): void {
    this.coalescer.flush();
  }

  /** Waits for the first word of the daemon: what VS Code has once drawn empty, it draws anew half a second late. */
  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    await this.settled;
    if (node === undefined) {
      this.isRead = true;
      this.coalescer.forget(); // all of it is read now: nothing is left to tell
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
