/** A clip in the clips view. */
import { MarkdownString, TreeItem } from 'vscode';
import type { Store } from '../../store.js';
import { themeIcon } from '../theme-icon.js';
import type { TreeNode } from '../tree.js';
import { clipContext, clipDescription, clipIcon, clipTooltip } from './clip-text.js';

export class ClipNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Clip id; commands look for it in their argument. */
    readonly clip: string,
    private readonly store: Store,
    private readonly folder: (root: string) => TreeNode | undefined,
  ) {
    this.id = `clip:${clip}`;
  }

  get parent(): TreeNode | undefined {
    const clip = this.store.clips.get(this.clip);
    return clip && this.folder(clip.root);
  }

  item(): TreeItem {
    const clip = this.store.clips.get(this.clip);
    if (clip === undefined) return new TreeItem(this.clip); // gone between two looks; the list is on its way
    const item = new TreeItem(clip.name);
    item.description = clipDescription(clip);
    item.iconPath = themeIcon(clipIcon(clip));
    item.contextValue = clipContext(clip);
    return item;
  }

  async resolve(item: TreeItem): Promise<void> {
    const clip = this.store.clips.get(this.clip);
    if (clip === undefined) return;
    item.tooltip = new MarkdownString(clipTooltip(clip), true);
  }
}
