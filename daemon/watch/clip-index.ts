/** The clips of one watched folder by path, and the clip that a change belongs to. */
import path from 'node:path';
import type { WatchMode } from '../../schemas/index.js';
import { isInside, isSamePath, pathKey } from '../local-path.js';
import type { ClipFolder } from './clip-folder.js';

export class ClipIndex {
  private readonly byPath = new Map<string, ClipFolder>();

  constructor(
    private readonly root: string,
    private readonly mode: WatchMode,
    private readonly flavour: path.PlatformPath = path,
  ) {}

  get(clipPath: string): ClipFolder | undefined {
    return this.byPath.get(pathKey(clipPath, this.flavour));
  }

  add(clip: ClipFolder): void {
    this.byPath.set(pathKey(clip.path, this.flavour), clip);
  }

  delete(clip: ClipFolder): void {
    this.byPath.delete(pathKey(clip.path, this.flavour));
  }

  all(): ClipFolder[] {
    return [...this.byPath.values()];
  }

  /** Clips at or below a folder. */
  below(folder: string): ClipFolder[] {
    return this.all().filter((clip) => isInside(clip.path, folder, this.flavour));
  }

  /** The clip that a change of `name` in `folder` belongs to: the nearest folder upwards, or the movie of that stem. */
  ownerOf(folder: string, name: string | null): ClipFolder | undefined {
    if (this.mode === 'flat') return name === null ? undefined : this.movieOf(folder, name);
    for (let at = folder; isInside(at, this.root, this.flavour); at = this.flavour.dirname(at)) {
      const clip = this.get(at);
      if (clip !== undefined || isSamePath(at, this.root, this.flavour)) return clip;
    }
    return undefined;
  }

  /** The movie itself, or the one whose spec this is: "street.json", "street.cosmos.json". */
  private movieOf(folder: string, name: string): ClipFolder | undefined {
    const exact = this.get(this.flavour.join(folder, name));
    if (exact !== undefined || !name.endsWith('.json')) return exact;
    const stem = name.replace(/(?:\.cosmos)?\.json$/, '');
    return this.all().find((clip) => this.flavour.parse(clip.path).name === stem);
  }
}
