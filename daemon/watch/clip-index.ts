/** The clips of one watched folder by path, and whose business a change in a folder is. */
import path from 'node:path';
import type { WatchMode } from '../../schemas/index.js';
import type { ClipFolder } from './clip-folder.js';
import { isInside } from './listing.js';

export class ClipIndex {
  private readonly byPath = new Map<string, ClipFolder>();

  constructor(
    private readonly root: string,
    private readonly mode: WatchMode,
  ) {}

  get(clipPath: string): ClipFolder | undefined {
    return this.byPath.get(clipPath);
  }

  add(clip: ClipFolder): void {
    this.byPath.set(clip.path, clip);
  }

  delete(clip: ClipFolder): void {
    this.byPath.delete(clip.path);
  }

  all(): ClipFolder[] {
    return [...this.byPath.values()];
  }

  /** Clips at or below a folder. */
  below(folder: string): ClipFolder[] {
    return this.all().filter((clip) => isInside(clip.path, folder));
  }

  /** The clip that a change of `name` in `folder` belongs to: the nearest folder upwards, or the movie of that stem. */
  ownerOf(folder: string, name: string | null): ClipFolder | undefined {
    if (this.mode === 'flat') return name === null ? undefined : this.movieOf(folder, name);
    for (let at = folder; isInside(at, this.root); at = path.dirname(at)) {
      const clip = this.byPath.get(at);
      if (clip !== undefined || at === this.root) return clip;
    }
    return undefined;
  }

  /** The movie itself, or the one whose spec this is: "street.json", "street.cosmos.json". */
  private movieOf(folder: string, name: string): ClipFolder | undefined {
    const exact = this.byPath.get(path.join(folder, name));
    if (exact !== undefined || !name.endsWith('.json')) return exact;
    const stem = name.replace(/(?:\.cosmos)?\.json$/, '');
    return this.all().find((clip) => path.parse(clip.path).name === stem);
  }
}
