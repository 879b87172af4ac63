/** A clip in the clips view. */
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import type { Store } from '../../store.js';
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

  row(): Row {
    const clip = this.store.clips.get(this.clip);
    if (clip === undefined) return { label: this.clip }; // gone between two looks; the list is on its way
    return {
      label: clip.name,
      description: clipDescription(clip),
      icon: clipIcon(clip),
      context: clipContext(clip),
    };
  }

  tooltip(): Markdown | undefined {
    const clip = this.store.clips.get(this.clip);
    return clip && clipTooltip(clip);
  }
}
