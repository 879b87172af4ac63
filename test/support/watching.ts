/** The real Folders on real files, with stores in memory. */
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { type Clock, systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import { findMediaTools, type MediaTools } from '../../daemon/media/tools.js';
import { Folders } from '../../daemon/watch/folders.js';
import type { Objection } from '../../daemon/watch/stores.js';
import type { AddOptions } from '../../daemon/watch/watch-settings.js';
import { type Clip, type ClipState, Config } from '../../schemas/index.js';
import { MemoryClips, MemoryWatches } from './memory-stores.js';
import { pictureReader } from './pictures.js';

export const aliases = Config.parse({}).aliases;

let tools: Promise<MediaTools> | undefined;
/** Looking for ffmpeg costs some processes: once a test file is enough. */
export function mediaTools(): Promise<MediaTools> {
  tools ??= findMediaTools();
  return tools;
}

export interface Kept {
  readonly clips: MemoryClips;
  readonly watches: MemoryWatches;
}

export interface WatchingOptions {
  /** Stores of an earlier life: this is a restart. */
  readonly kept?: Kept;
  readonly clock?: Clock;
  readonly ownOutputs?: (file: string) => boolean;
  readonly objection?: Objection;
  readonly networkMount?: (folder: string) => Promise<string | undefined>;
}

export class Watching {
  readonly ready: Clip[] = [];

  private constructor(
    readonly folders: Folders,
    readonly kept: Kept,
  ) {
    folders.onReady((clip) => this.ready.push(clip));
  }

  static async open(options: WatchingOptions = {}): Promise<Watching> {
    const { kept = { clips: new MemoryClips(), watches: new MemoryWatches() } } = options;
    const { clock = systemClock, ownOutputs = () => false, objection = async () => null } = options;
    const { networkMount = async () => undefined } = options;
    const tools = await mediaTools();
    const pictures = pictureReader(tools);
    const deps = { ...kept, tools, pictures, aliases, clock, log: silentLogger, ownOutputs, objection, networkMount };
    const watching = new Watching(new Folders(deps), kept);
    onTestFinished(() => watching.folders.close());
    return watching;
  }

  /** A watched folder with a settle time that a test can wait for. */
  static async on(root: string, options: Partial<AddOptions> = {}, more: WatchingOptions = {}): Promise<Watching> {
    const watching = await Watching.open(more);
    await watching.folders.add({ path: root, settle: 0.2, ...options });
    return watching;
  }

  clip(name: string): Clip {
    const found = this.kept.clips.list().find((clip) => clip.name === name);
    if (found === undefined) throw new Error(`no clip ${name}; there are ${this.kept.clips.moments.join(', ')}`);
    return found;
  }

  /** Waits for a state, and fails telling the state and reason that it found instead. */
  until(name: string, state: ClipState): Promise<Clip> {
    return vi.waitFor(
      () => {
        const clip = this.clip(name);
        expect(`${clip.state} ${clip.reason}`).toMatch(new RegExp(`^${state} `));
        return clip;
      },
      { interval: 10 },
    );
  }

  untilReason(name: string, reason: string): Promise<Clip> {
    return vi.waitFor(
      () => {
        expect(this.clip(name).reason).toBe(reason);
        return this.clip(name);
      },
      { interval: 10 },
    );
  }

  readyNames(): string[] {
    return this.ready.map(({ name, revision }) => `${name} ${revision}`);
  }
}

/** Makes a clip elsewhere and moves it into place in one step, as a finished copy. */
export function dropIn(root: string, name: string, make: (folder: string) => void): string {
  const aside = path.join(path.dirname(root), 'aside', name);
  mkdirSync(aside, { recursive: true });
  make(aside);
  const target = path.join(root, name);
  renameSync(aside, target);
  return target;
}
