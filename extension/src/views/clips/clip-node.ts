/** A clip in the clips view. */

import type { Store } from '../../../../client/store.js';
import type { Clip } from '../../../../schemas/received.js';
import type { Markdown } from '../../shown/markdown.js';
import type { Row } from '../../shown/rows.js';
import { moment } from '../moment.js';
import { shortName } from '../short.js';
import type { TreeNode } from '../tree.js';
import type { ClipPosters } from './clip-posters.js';
import { clipContext, clipDescription, clipIcon, clipSpoken, clipTooltip } from './clip-text.js';

/** Facts about clips that are not in the clip itself. */
export interface ClipFacts {
  readonly store: Store;
  readonly posters: ClipPosters;
  readonly now: () => number;
  /** ISO time. */
  lastSent(clip: string): string | undefined;
  /** What *Send* would do, in words; empty if the user would be asked. */
  sends(clip: Clip): string;
}

export class ClipNode implements TreeNode {
  readonly id: string;

  constructor(
    /** Clip id, which commands read from their argument. */
    readonly clip: string,
    private readonly facts: ClipFacts,
    private readonly folder: (root: string) => TreeNode | undefined,
  ) {
    this.id = `clip:${clip}`;
  }

  get parent(): TreeNode | undefined {
    const clip = this.clipNow();
    return clip && this.folder(clip.root);
  }

  row(): Row {
    const clip = this.clipNow();
    if (clip === undefined) return { label: this.clip }; // removed meanwhile; the new list follows
    const sent = this.sent();
    return {
      label: shortName(clip.name),
      description: clipDescription(clip, sent),
      spoken: clipSpoken(clip, sent),
      icon: clipIcon(clip),
      context: clipContext(clip),
      click: ['cosmos.clip.edit', this],
    };
  }

  async tooltip(): Promise<Markdown | undefined> {
    const clip = this.clipNow();
    if (clip === undefined) return undefined;
    const { store, posters } = this.facts;
    const results = [...store.results.values()].filter((result) => result.clip === this.clip).length;
    return clipTooltip(clip, await posters.of(clip), { sent: this.sent(), results, sends: this.facts.sends(clip) });
  }

  private clipNow(): Clip | undefined {
    return this.facts.store.clips.get(this.clip);
  }

  private sent(): string | undefined {
    const at = this.facts.lastSent(this.clip);
    return at && moment(at, this.facts.now());
  }
}
