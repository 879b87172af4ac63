/**
 * One watched folder: finds its clips, hands them their events, and verifies by listing at start, after events and
 * periodically, because events get lost (inotify says nothing on NFS and SMB; queues overflow).
 * A root that is not there takes its clips offline and is asked for again; nothing is ever forgotten for that.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Watch } from '../../schemas/index.js';
import { MANIFEST_FILE } from '../../schemas/index.js';
import { errnoOf } from '../errors.js';
import { ClipFolder } from './clip-folder.js';
import { Debounce } from './debounce.js';
import { DEEPEST, discoverFlat, discoverTree, type Place, pathOf } from './discover.js';
import { FolderEvents, type FolderListener } from './events.js';
import { isInside } from './listing.js';
import { isMedia } from './names.js';
import { isOwnFile } from './own-files.js';
import type { Surroundings } from './stores.js';

/** Milliseconds between two verifications by listing: usually, and where events cannot be trusted. */
const VERIFY = 60_000;
const POLL = 2000;
/** Milliseconds between two looks for a root that is not there. */
const RETURN = 2000;
/** Milliseconds from an event to the search for new clips, after the last and after the first. */
const SOON = 20;
const LATEST = 250;
/** chokidar reads a new folder before it watches it: what falls between is found by this later look. */
const SECOND_LOOK = 500;

export interface RootOptions {
  readonly watch: Watch;
  /** Registered by hand: this clip and no other. */
  readonly only: Place | null;
  /** Clips of this root that are known from before. */
  readonly known: readonly Place[];
  /** The folder was not watched before: what is there now is `existing`. */
  readonly firstTime: boolean;
  readonly stateChanged: (state: Watch['state']) => void;
}

export class WatchedRoot implements FolderListener {
  readonly clips = new Map<string, ClipFolder>();
  private realRoot: string;
  private events: FolderEvents | null = null;
  private state: Watch['state'] | 'unknown' = 'unknown';
  private existing: boolean;
  private pollMs: number;
  private closed = false;
  /** Attaching, searching and leaving happen one after the other. */
  private work: Promise<void> = Promise.resolve();
  private readonly suspects = new Set<string>();
  private readonly search: Debounce;
  private readonly secondLook: Debounce;
  private cancelVerify: () => void = () => {};

  constructor(
    private readonly options: RootOptions,
    private readonly surroundings: Surroundings,
  ) {
    const { watch, firstTime, known } = options;
    this.realRoot = watch.path;
    this.existing = firstTime;
    this.pollMs = watch.poll ? POLL : VERIFY;
    this.search = new Debounce(surroundings.clock, SOON, LATEST, () => void this.searchSuspects());
    this.secondLook = new Debounce(surroundings.clock, SECOND_LOOK, SECOND_LOOK, () => void this.verify());
    for (const place of known) this.adopt(place);
  }

  get path(): string {
    return this.options.watch.path;
  }

  /** Resolves when everything was looked at once, or the root was found missing. */
  start(): Promise<void> {
    return this.verify();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.search.cancel();
    this.secondLook.cancel();
    this.cancelVerify();
    for (const clip of this.clips.values()) clip.close();
    await this.events?.close();
    await this.work;
  }

  /** Lists everything again: attaches, finds new clips, looks at all known ones. Never rejects. */
  verify(): Promise<void> {
    return this.exclusively(async () => {
      this.cancelVerify();
      const problem = await this.problem();
      if (problem === null) await this.lookEverywhere();
      else await this.leave(problem);
      if (!this.closed) this.verifyLater();
    });
  }

  changed(folder: string, name: string | null): void {
    if (this.closed) return;
    if (!isInside(folder, this.path)) return void this.verify(); // the root itself came or went
    const owner = this.ownerOf(folder, name);
    owner?.mark(name === MANIFEST_FILE);
    if (owner !== undefined && (owner.path === folder || owner.ownsSubfolders) && !this.mayBeClip(name)) return;
    this.suspects.add(this.options.watch.mode === 'flat' ? this.path : folder);
    this.search.poke(name === MANIFEST_FILE);
  }

  folderAdded(folder: string): void {
    if (this.closed) return;
    this.changed(folder, null);
    this.secondLook.poke();
  }

  failed(error: Error): void {
    this.surroundings.log.warn({ err: error, root: this.path }, 'events are not reliable here: listing instead');
    this.pollMs = POLL; // too many folders for inotify, a dropped network watch: slower, and still right
    this.verifyLater();
  }

  private exclusively(task: () => Promise<void>): Promise<void> {
    this.work = this.work.then(async () => {
      if (this.closed) return;
      await task().catch((error: unknown) => {
        this.surroundings.log.warn({ err: error, root: this.path }, 'a watched folder could not be listed');
      });
    });
    return this.work;
  }

  private async lookEverywhere(): Promise<void> {
    await this.attach();
    await this.discover(this.path);
    this.existing = false;
    await Promise.all([...this.clips.values()].map((clip) => clip.observe()));
  }

  /** Why the root cannot be used now, as a sentence; null = it can. */
  private async problem(): Promise<string | null> {
    try {
      const stats = await stat(this.path);
      if (!stats.isDirectory()) return `${this.path} is not a folder`;
      if (this.hasRevisions() && (await readdir(this.path)).length === 0) {
        return `the folder ${this.path} is empty: is the drive mounted?`; // what an unmounted drive leaves behind
      }
      this.realRoot = await realpath(this.path);
      return null;
    } catch (error) {
      const why = errnoOf(error) ?? String(error);
      if (why === 'ENOENT' || why === 'ENOTDIR') return `the folder ${this.path} is not there: is the drive mounted?`;
      return `the folder ${this.path} cannot be read (${why})`;
    }
  }

  private hasRevisions(): boolean {
    return [...this.clips.values()].some((clip) => clip.record.hasRevision);
  }

  private async attach(): Promise<void> {
    if (this.events === null && !this.options.watch.poll) {
      const depth = this.options.only === null && this.options.watch.mode === 'tree' ? DEEPEST : 0;
      this.events = new FolderEvents(this.path, this.realRoot, depth, this);
      await this.events.ready;
    }
    this.setState('online');
  }

  private async leave(problem: string): Promise<void> {
    await this.events?.close(); // its watches point at what is gone
    this.events = null;
    this.setState('offline');
    for (const clip of this.clips.values()) clip.offline(problem);
  }

  private setState(state: Watch['state']): void {
    if (this.state === state) return;
    this.state = state;
    this.options.stateChanged(state);
  }

  private verifyLater(): void {
    this.cancelVerify();
    const delay = this.state === 'offline' ? RETURN : this.pollMs;
    this.cancelVerify = this.surroundings.clock.after(delay, () => void this.verify());
  }

  private searchSuspects(): Promise<void> {
    return this.exclusively(async () => {
      const folders = [...this.suspects];
      this.suspects.clear();
      for (const folder of folders) await this.discover(folder);
    });
  }

  /** Compares what is at or below `folder` with what is known; new clips are looked at, lost ones look themselves. */
  private async discover(folder: string): Promise<void> {
    const places = await this.placesAt(folder);
    if (places === null || this.closed) return;
    const found = new Set(places.map(pathOf));
    for (const clip of [...this.clips.values()]) {
      if (isInside(clip.path, folder) && !found.has(clip.path)) this.unfound(clip);
    }
    const fresh = places.filter((place) => !this.clips.has(pathOf(place))).map((place) => this.adopt(place));
    await Promise.all(fresh.map((clip) => clip.observe()));
  }

  /** null = the folder itself is gone, which the search of its parent tells better. */
  private async placesAt(folder: string): Promise<Place[] | null> {
    const { only, watch } = this.options;
    if (only !== null) return [only];
    try {
      if (watch.mode === 'flat') return await discoverFlat(folder, this.surroundings.ownOutputs);
      return await discoverTree(folder, this.path, this.surroundings.reader);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  private adopt(place: Place): ClipFolder {
    const { watch, only } = this.options;
    const clip: ClipFolder = new ClipFolder(
      place,
      {
        root: this.path,
        realRoot: () => this.realRoot,
        settle: watch.settle,
        fps: watch.fps,
        existing: this.existing,
        vouched: only !== null,
        gone: () => void this.gone(clip),
      },
      this.surroundings,
    );
    this.clips.set(clip.path, clip);
    return clip;
  }

  /** No longer a clip by what the folder holds: forgotten, unless jobs may belong to it. */
  private unfound(clip: ClipFolder): void {
    if (clip.record.hasRevision) clip.mark(false);
    else this.forget(clip);
  }

  private async gone(clip: ClipFolder): Promise<void> {
    if ((await this.problem()) !== null) return this.verify();
    if (clip.record.hasRevision) clip.offline(`${clip.path} is not there any more`);
    else this.forget(clip);
  }

  private forget(clip: ClipFolder): void {
    clip.close();
    clip.record.remove();
    this.clips.delete(clip.path);
  }

  /** The clip that a change in `folder` belongs to: the nearest one upwards, or the movie of that stem. */
  private ownerOf(folder: string, name: string | null): ClipFolder | undefined {
    if (this.options.watch.mode === 'flat') return name === null ? undefined : this.movieOf(folder, name);
    for (let at = folder; isInside(at, this.path); at = path.dirname(at)) {
      const clip = this.clips.get(at);
      if (clip !== undefined) return clip;
      if (at === path.dirname(at)) break;
    }
    return undefined;
  }

  /** The movie itself, or the one whose spec this is: "street.json", "street.cosmos.json". */
  private movieOf(folder: string, name: string): ClipFolder | undefined {
    const exact = this.clips.get(path.join(folder, name));
    if (exact !== undefined || !name.endsWith('.json')) return exact;
    const stem = name.replace(/(?:\.cosmos)?\.json$/, '');
    return [...this.clips.values()].find((clip) => path.parse(clip.path).name === stem);
  }

  /** A new name inside a known clip that is no frame of it: it can be a folder, which can be a clip. */
  private mayBeClip(name: string | null): boolean {
    return name === null || name === MANIFEST_FILE || !(isMedia(name) || isOwnFile(name));
  }
}
