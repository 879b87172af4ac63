/** The stored record of one clip: its revisions, whether it is new, and when it is announced. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clip } from '../../schemas/index.js';
import { isoNow } from '../clock.js';
import type { Description } from './describe.js';
import { type ClipSpot, pathOf } from './discover.js';
import type { Readiness } from './settle.js';
import type { Surroundings } from './stores.js';

/** Results of a look, other than the passes. */
export interface Findings extends Description {
  readonly name: string;
  readonly promptFile: string | null;
  readonly specFile: string | null;
}

/** The id of the clip at an absolute path: the same spot is the same clip, on every start. */
export function clipId(clipPath: string): string {
  return `clip-${createHash('sha256').update(clipPath).digest('hex').slice(0, 10)}`;
}

/** The default name of the clip: its folder, or its movie without the extension. */
export function nameOf({ folder, movie }: ClipSpot): string {
  return movie === null ? path.basename(folder) : path.parse(movie).name;
}

const NOTHING_FOUND: Description = {
  passes: [],
  sources: {},
  range: null,
  frames: 0,
  fps: null,
  width: null,
  height: null,
  bytes: 0,
  hasManifest: false,
  manifest: null,
};

export class ClipRecord {
  private readonly id: string;
  /** The clip as stored; this record is its only writer, and reading a long manifest back costs milliseconds. */
  private stored: Clip | undefined;
  /** Content key when the clip was first seen: an existing clip that changes later counts as new. */
  private firstKey: string | null = null;

  /** `existing` = it was there when its folder was first watched. A stored clip keeps its state. */
  constructor(
    private readonly spot: ClipSpot,
    private readonly root: string,
    private readonly existing: boolean,
    private readonly surroundings: Surroundings,
  ) {
    this.id = clipId(pathOf(spot));
    this.stored = surroundings.clips.get(this.id);
  }

  /** Content key of the last ready revision. */
  get known(): string | null {
    return this.stored?.contentKey ?? null;
  }

  /** True after it was ready once: jobs may belong to it. */
  get hasRevision(): boolean {
    return (this.stored?.revision ?? 0) > 0;
  }

  /** The clip as it would be announced; used to find out whether a submit would be refused. */
  preview(readiness: Readiness, findings: Findings): Clip {
    const shown = this.shown(readiness, findings, null);
    const before = this.stored ?? this.blank();
    return before.contentKey === readiness.observation.key ? this.unchanged(before, shown) : { ...before, ...shown };
  }

  /**
   * Stores the results of a look, and announces a new revision once.
   * @param objection why a clip whose files are whole cannot be submitted; null = it can
   */
  publish(readiness: Readiness, findings: Findings, objection: string | null): void {
    const before = this.stored ?? this.blank();
    const { observation } = readiness;
    this.firstKey ??= observation.key;
    const shown = this.shown(readiness, findings, objection);
    const { state } = shown;
    if (state !== 'ready') this.store({ ...before, ...shown }, state);
    else if (before.contentKey === observation.key) this.store(this.unchanged(before, shown), state);
    else this.newRevision(before, shown, observation.key);
  }

  /** The files cannot be reached now; everything known about the clip is kept. */
  offline(reason: string): void {
    this.store({ ...(this.stored ?? this.blank()), state: 'offline', reason }, 'offline');
  }

  /** The name of the folder is one that cannot be opened. */
  unopenable(reason: string): void {
    this.store({ ...(this.stored ?? this.blank()), state: 'incomplete', reason }, 'incomplete');
  }

  remove(): void {
    this.stored = undefined;
    this.surroundings.clips.remove(this.id);
  }

  private shown({ state, reason, warnings }: Readiness, findings: Findings, objection: string | null) {
    const judged = objection === null ? { state, reason } : { state: 'incomplete' as const, reason: objection };
    return { ...findings, ...judged, objection, warnings: [...warnings], root: this.root };
  }

  private newRevision(before: Clip, shown: Partial<Clip>, contentKey: string): void {
    const existing = before.existing && before.revision === 0 && contentKey === this.firstKey;
    const clip = { ...before, ...shown, existing, revision: before.revision + 1, contentKey };
    this.surroundings.announce(this.store(clip, 'ready'));
  }

  /** The content is that of the ready revision, so the results of its checks are still valid. */
  private unchanged(before: Clip, shown: Partial<Clip>): Clip {
    const { passes, sources, range, frames, fps, width, height } = before;
    return { ...before, ...shown, passes, sources, range, frames, fps, width, height };
  }

  /** Stores the clip if it has changed. @returns the clip as stored. */
  private store(clip: Clip, type: string): Clip {
    const before = this.stored;
    if (before !== undefined && isDeepStrictEqual(before, { ...clip, updatedAt: before.updatedAt })) return before;
    const moment = before === undefined ? 'found' : before.state === clip.state ? 'changed' : type;
    const changed = { ...clip, updatedAt: isoNow(this.surroundings.clock) };
    this.surroundings.clips.put(changed, moment);
    this.stored = changed; // only after storing: on a full disk the next look must store it
    return changed;
  }

  private blank(): Clip {
    return {
      ...NOTHING_FOUND,
      id: this.id,
      name: nameOf(this.spot),
      path: pathOf(this.spot),
      root: this.root,
      state: 'writing',
      reason: '',
      warnings: [],
      objection: null,
      existing: this.existing,
      revision: 0,
      contentKey: null,
      promptFile: null,
      specFile: null,
      updatedAt: isoNow(this.surroundings.clock),
    };
  }
}
