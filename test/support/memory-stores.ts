/** Stores of clips and watches in memory. */
import type { ClipStoreLike, WatchStoreLike } from '../../daemon/watch/stores.js';
import type { Clip, Watch } from '../../schemas/index.js';

export class MemoryClips implements ClipStoreLike {
  readonly all = new Map<string, Clip>();
  /** Every moment of every clip in order: "street found". */
  readonly moments: string[] = [];

  get(id: string) {
    return this.all.get(id);
  }
  list() {
    return [...this.all.values()];
  }
  put(clip: Clip, type: string) {
    this.moments.push(`${clip.name} ${type}`);
    this.all.set(clip.id, structuredClone(clip));
  }
  remove(id: string) {
    this.all.delete(id);
  }
}

export class MemoryWatches implements WatchStoreLike {
  readonly all = new Map<string, Watch>();

  list() {
    return [...this.all.values()];
  }
  get(folder: string) {
    return this.all.get(folder);
  }
  put(watch: Watch) {
    this.all.set(watch.path, watch);
  }
  remove(folder: string) {
    this.all.delete(folder);
  }
}
