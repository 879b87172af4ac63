/**
 * One watched folder: finds its clips and passes events to them. It lists the folder at the start, after events and
 * periodically, because events get lost (inotify reports nothing on NFS and SMB; queues overflow).
 * When the folder is missing, its clips go offline and are kept, and the folder is looked for again.
 */
import path from 'node:path';
import { MANIFEST_FILE, type Watch } from '../../schemas/index.js';
import { errnoOf } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { isSilence } from '../foreign/disk.js';
import { namesIn } from '../foreign/folder.js';
import { lookAt } from '../foreign/open.js';
import { isInside, pathKey } from '../local-path.js';
import { ClipFolder } from './clip-folder.js';
import { ClipIndex } from './clip-index.js';
import { Debounce } from './debounce.js';
import { type ClipSpot, DEEPEST, discoverFlat, discoverTree, pathOf, searchStart } from './discover.js';
import { FolderEvents, type FolderListener } from './events.js';
import { mayMakeClip } from './may-make-clip.js';
import { isPassFolder } from './pass-folders.js';
import type { Surroundings } from './stores.js';

/** Milliseconds between two listings: usually, and where events are not reliable. */
const VERIFY = 60_000;
const POLL = 2000;
/** After too many events, milliseconds until events are used again. */
const CALM_MS = 30_000;
/** Milliseconds between two looks for a missing root. */
const RETURN = 2000;
/** Milliseconds from an event to the search for new clips, after the last and after the first. */
const SOON = 20;
const LATEST = 250;
/** Milliseconds to a second search: chokidar reads a new folder before it watches it, and misses changes in between. */
const SECOND_LOOK = 500;

export interface RootOptions {
  readonly watch: Watch;
  /** Registered by hand: this clip and no other. */
  readonly only: ClipSpot | null;
  /** Clips of this root that are known from before. */
  readonly known: readonly ClipSpot[];
  /** The folder was not watched before: what is there now is `existing`. */
  readonly firstTime: boolean;
  readonly stateChanged: (state: Watch['state']) => void;
}

export class WatchedRoot implements FolderListener {
  readonly path: string;
  readonly clips: ClipIndex;
  private realRoot: string;
  private events: FolderEvents | null = null;
  private state: Watch['state'] | 'unknown' = 'unknown';
  private existing: boolean;
  private pollMs = VERIFY;
  private hasEvents = true;
  /** Monotonic milliseconds; before this time events are not used. */
  private calmAt = 0;
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
    this.path = watch.path;
    this.realRoot = watch.path;
    this.clips = new ClipIndex(watch.path, watch.mode);
    this.existing = firstTime;
    this.search = new Debounce(surroundings.clock, SOON, LATEST, () => void this.searchSuspects());
    this.secondLook = new Debounce(surroundings.clock, SECOND_LOOK, SECOND_LOOK, () => void this.verify());
    for (const spot of known) this.adopt(spot);
  }

  /** Attaches and lists everything; resolves when all clips were looked at, or the root was missing. Never rejects. */
  async verify(): Promise<void> {
    await this.exclusively(async () => {
      const problem = await this.problem();
      if (problem !== null) return this.leave(problem);
      try {
        await this.attach();
        await this.discover(this.path);
      } catch (error) {
        if (!isSilence(error)) throw error;
        return this.leave(error.message);
      }
      this.existing = false;
    });
    if (this.closed) return;
    this.verifyLater();
    if (this.state === 'online') await Promise.all(this.clips.all().map((clip) => clip.observe()));
  }

  /** To be called when a disk stops answering, or answers again. */
  diskChanged(point: string): void {
    if (!this.closed && isInside(this.realRoot, point)) void this.verify();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.search.cancel();
    this.secondLook.cancel();
    this.cancelVerify();
    for (const clip of this.clips.all()) clip.close();
    await this.events?.close();
    await this.work;
  }

  changed(folder: string, name: string | null): void {
    if (this.closed) return;
    if (!isInside(folder, this.path)) {
      void this.verify(); // the root itself was added or removed
      return;
    }
    const isFlat = this.options.watch.mode === 'flat';
    const owner = this.clips.ownerOf(folder, name);
    owner?.mark(name === MANIFEST_FILE);
    if (owner !== undefined && !mayMakeClip({ owner, folder, name }, isFlat, this.surroundings.reader)) return;
    this.suspects.add(isFlat ? this.path : searchStart(folder, this.path, this.surroundings.reader));
    this.search.poke(name === MANIFEST_FILE);
  }

  folderAdded(folder: string): void {
    if (this.closed) return;
    this.changed(folder, null);
    this.secondLook.poke();
  }

  failed(error: Error): void {
    if (this.closed || this.pollMs === POLL) return;
    this.surroundings.log.warn({ err: error, root: this.path }, 'events are not reliable here: listing instead');
    this.pollMs = POLL; // too many folders for inotify, or a dropped network watch: listing is slower, but works
    this.verifyLater();
  }

  /** Lists every two seconds instead; after a while events are tried again. */
  flooded(): void {
    if (this.closed || this.events === null) return;
    this.surroundings.log.warn({ root: this.path }, 'files change faster than can be followed: listing instead');
    this.events = null; // it has closed itself
    this.calmAt = this.surroundings.clock.monotonic() + CALM_MS;
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

  /** Why the root cannot be used now, as a sentence; null = it can. */
  private async problem(): Promise<string | null> {
    try {
      const { real, stats } = await lookAt(this.path, { root: null });
      if (!stats.isDirectory()) return `${this.path} is not a folder`;
      const hadWork = this.clips.all().some((clip) => clip.record.hasRevision);
      if (hadWork && (await this.isEmpty())) {
        return `the folder ${this.path} is empty: is the drive mounted?`; // an unmounted drive leaves an empty folder
      }
      this.realRoot = real;
      return null;
    } catch (error) {
      if (isSilence(error)) return error.message;
      const why = errnoOf(error) ?? String(error);
      if (why === 'ENOENT' || why === 'ENOTDIR') return `the folder ${this.path} is not there: is the drive mounted?`;
      return `the folder ${this.path} cannot be read (${why})`;
    }
  }

  private async isEmpty(): Promise<boolean> {
    const { names, unreadable } = await namesIn(this.path);
    return names.length + unreadable.length === 0;
  }

  private async attach(): Promise<void> {
    if (this.state !== 'online') await this.choosePace();
    if (this.events === null && this.hasEvents && this.surroundings.clock.monotonic() >= this.calmAt) {
      const levels = (this.options.only === null ? DEEPEST : 0) + 1; // pass folders lie one below their clip
      const depth = this.options.watch.mode === 'flat' ? 0 : levels;
      const events = new FolderEvents(this.path, this.realRoot, depth, this);
      this.events = events;
      await disks.during(this.realRoot, () => events.ready);
    }
    this.setState('online');
  }

  /**
   * A network drive is only listed: events of other machines never come, and watching would block on a server that does
   * not answer, because chokidar reads the disk outside of our limit for silent disks.
   */
  private async choosePace(): Promise<void> {
    const drive = await this.surroundings.networkMount(this.realRoot);
    if (drive !== undefined) this.surroundings.log.info({ root: this.path, drive }, 'on a network drive: listed often');
    this.hasEvents = !this.options.watch.poll && drive === undefined;
    this.pollMs = this.hasEvents ? VERIFY : POLL;
  }

  private leave(problem: string): void {
    void this.events?.close(); // its watches are of a folder that is gone or does not answer
    this.events = null;
    this.setState('offline');
    for (const clip of this.clips.all()) clip.offline(problem);
  }

  private setState(state: Watch['state']): void {
    if (this.state === state) return;
    this.state = state;
    this.options.stateChanged(state);
  }

  private verifyLater(): void {
    this.cancelVerify();
    const pace = this.events === null && this.hasEvents ? POLL : this.pollMs;
    const delay = this.state === 'offline' ? RETURN : pace;
    this.cancelVerify = this.surroundings.clock.after(delay, () => void this.verify());
  }

  private searchSuspects(): Promise<void> {
    return this.exclusively(async () => {
      const folders = [...this.suspects];
      this.suspects.clear();
      for (const folder of folders) for (const clip of await this.discover(folder)) void clip.observe();
    });
  }

  /** Compares the clips at or below `folder` with the known ones. @returns the new clips. */
  private async discover(folder: string): Promise<ClipFolder[]> {
    const spots = await this.spotsAt(folder);
    if (spots === null || this.closed) return [];
    const found = new Set(spots.map((spot) => pathKey(pathOf(spot))));
    for (const clip of this.clips.below(folder)) if (!found.has(pathKey(clip.path))) await this.unfound(clip, found);
    return spots.filter((spot) => this.clips.get(pathOf(spot)) === undefined).map((spot) => this.adopt(spot));
  }

  /** null = the folder itself is gone; the search of its parent finds that. */
  private async spotsAt(folder: string): Promise<ClipSpot[] | null> {
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

  private adopt(spot: ClipSpot): ClipFolder {
    const { watch, only } = this.options;
    const options = {
      root: this.path,
      realRoot: () => this.realRoot,
      settle: watch.settle,
      fps: watch.fps,
      existing: this.existing,
      vouched: only !== null,
      gone: (lost: ClipFolder) => void this.gone(lost),
    };
    const clip = new ClipFolder(spot, options, this.surroundings);
    this.clips.add(clip);
    return clip;
  }

  /**
   * The folder is no clip any more: it is forgotten, unless jobs may belong to it. A folder that is now a pass folder
   * belongs to the clip around it, also when it had jobs.
   */
  private async unfound(clip: ClipFolder, found: ReadonlySet<string>): Promise<void> {
    const isPass =
      found.has(pathKey(path.dirname(clip.path))) && (await isPassFolder(clip.path, this.surroundings.reader));
    if (clip.record.hasRevision && !isPass) clip.mark(false);
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
    this.clips.delete(clip);
  }
}
