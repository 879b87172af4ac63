/** Watched folders and the clips in them: the interface of watch/ for the rest of the daemon. */
import { isDeepStrictEqual } from 'node:util';
import type { AliasConfig, Clip, FrozenFile, Watch, WatchMode } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { isInside, isSamePath } from '../local-path.js';
import type { Logger } from '../log.js';
import type { MediaTools } from '../media/tools.js';
import type { PictureReader } from '../picture/picture-reader.js';
import type { ClipFolder } from './clip-folder.js';
import { type ClipSpot, pathOf, spotOf } from './discover.js';
import { NameReader } from './names.js';
import { Prober } from './probe.js';
import { absolutePath, requireFolder, requireSpot } from './request.js';
import { resolveClip } from './resolve.js';
import type { ClipStoreLike, Objection, Surroundings, WatchStoreLike } from './stores.js';
import { type AddOptions, looksAlike, mergeWatch } from './watch-settings.js';
import { WatchedRoot } from './watched-root.js';

export interface FoldersDeps {
  readonly clips: ClipStoreLike;
  readonly watches: WatchStoreLike;
  readonly tools: MediaTools;
  readonly pictures: PictureReader;
  readonly aliases: AliasConfig;
  readonly clock: Clock;
  readonly log: Logger;
  /** True for the absolute path of an output of ours that has a name of the user's choice. */
  readonly ownOutputs: (path: string) => boolean;
  readonly objection: Objection;
  readonly networkMount: Surroundings['networkMount'];
}

export class Folders {
  private readonly roots = new Map<string, WatchedRoot>();
  /** Clips registered by hand, by clip path: roots of one clip each. */
  private readonly singles = new Map<string, WatchedRoot>();
  private readonly listeners = new Set<(clip: Clip) => void>();
  private readonly surroundings: Surroundings;

  constructor(private readonly deps: FoldersDeps) {
    const { tools, pictures, aliases, watches: _, ...shared } = deps;
    const announce = (clip: Clip) => {
      for (const listener of this.listeners) listener(clip);
    };
    const prober = new Prober(tools, pictures);
    this.surroundings = { ...shared, prober, reader: new NameReader(aliases), announce };
  }

  private readonly disksChanged = disks.onChange((point) => {
    for (const root of [...this.roots.values(), ...this.singles.values()]) root.diskChanged(point);
  });

  /** Opens all stored folders and registered clips; resolves when all were listed once. */
  async start(): Promise<void> {
    const watches = this.deps.watches.list();
    const watched = new Set(watches.map((watch) => watch.path));
    const registered = this.deps.clips.list().filter(({ root }) => !watched.has(root));
    await Promise.all([
      ...watches.map((watch) => this.open(watch, false)),
      ...registered.map((clip) => this.openSingle(spotOf(clip.path, clip.path !== clip.root))),
    ]);
  }

  async close(): Promise<void> {
    this.disksChanged();
    this.surroundings.prober.close();
    await Promise.all([...this.roots.values(), ...this.singles.values()].map((root) => root.close()));
  }

  /**
   * Watches a folder, or changes how it is watched. Clips that are there the first time are `existing`.
   * @throws CosmosError not_found, or invalid_params when it overlaps another watched folder.
   */
  async add(options: AddOptions): Promise<Watch> {
    const asked = absolutePath(options.path);
    const before = this.watchOf(asked);
    const folder = before?.path ?? asked;
    this.refuseOverlap(folder);
    if (options.source !== 'config') await requireFolder(folder);
    const watch = mergeWatch(folder, options, before);
    if (!isDeepStrictEqual(watch, before)) this.deps.watches.put(watch, before === undefined ? 'added' : 'changed');
    if (before !== undefined && this.roots.has(folder) && looksAlike(watch, before)) return watch;
    await this.closeRoot(folder);
    for (const [clipPath] of this.singles) if (isInside(clipPath, folder)) await this.closeSingle(clipPath);
    await this.open(watch, before === undefined);
    return this.deps.watches.get(folder) ?? watch;
  }

  /** Stops watching and forgets the folder's clips; files and jobs stay. @throws CosmosError not_found */
  async remove(folder: string): Promise<void> {
    const watch = this.known(folder);
    await this.closeRoot(watch.path);
    for (const clip of this.deps.clips.list()) if (clip.root === watch.path) this.deps.clips.remove(clip.id);
    this.deps.watches.remove(watch.path);
  }

  /** @throws CosmosError not_found */
  setAutoSend(folder: string, on: boolean, preset?: string): Watch {
    const watch = this.known(folder);
    const changed = { ...watch, autoSend: on, preset: preset ?? watch.preset };
    this.deps.watches.put(changed, 'changed');
    return changed;
  }

  list(): Watch[] {
    return this.deps.watches.list();
  }

  /**
   * Registers a folder or movie as a clip and looks at it now. Inside a watched folder it is found like any other clip.
   * @throws CosmosError not_found, or invalid_params when the mode does not fit what is there.
   */
  async register(reference: string, mode?: WatchMode): Promise<Clip> {
    const spot = await requireSpot(absolutePath(reference), mode);
    const clipPath = pathOf(spot);
    await this.rootOf(clipPath)?.verify();
    if (this.folderOf(clipPath) === undefined) await this.openSingle(spot);
    else await this.folderOf(clipPath)?.observe();
    return resolveClip(clipPath, this.deps.clips.list());
  }

  /** @throws CosmosError not_found with near names, or ambiguous with the candidates. */
  resolve(reference: string): Clip {
    return resolveClip(reference, this.deps.clips.list());
  }

  /**
   * Stops waiting for the images of renders: the clip is what is in its folder now.
   * @throws CosmosError as {@link resolve}; wrong_state when it waits for no image; the system error
   */
  async withdraw(reference: string): Promise<Clip> {
    const clip = this.resolve(reference);
    const removed = (await this.folderOf(clip.path)?.withdraw()) ?? 0;
    if (removed > 0) return this.resolve(clip.id);
    throw new CosmosError('wrong_state', `No render is waited for in ${clip.name}.`, { clip: clip.id });
  }

  /** The clip's input files as they are now, absolute: passes, and the manifest when there is one. */
  async files(clip: Clip): Promise<FrozenFile[]> {
    const folder = this.folderOf(clip.path);
    if (folder !== undefined) return folder.files();
    throw new CosmosError('not_found', `The clip ${clip.name} is no longer watched.`, { clip: clip.id });
  }

  /** Calls back once for every revision that becomes ready, also of `existing` clips. */
  onReady(listener: (clip: Clip) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async open(watch: Watch, firstTime: boolean): Promise<void> {
    const clips = this.deps.clips.list().filter(({ root }) => root === watch.path);
    const root = new WatchedRoot(
      {
        watch,
        only: null,
        known: clips.map((clip) => spotOf(clip.path, watch.mode === 'flat')),
        firstTime,
        stateChanged: (state) => this.storeState(watch.path, state),
      },
      this.surroundings,
    );
    this.roots.set(watch.path, root);
    await root.verify();
  }

  private async openSingle(spot: ClipSpot): Promise<void> {
    const watch = mergeWatch(
      spot.folder,
      { path: spot.folder, mode: spot.movie === null ? 'tree' : 'flat' },
      undefined,
    );
    const options = { watch, only: spot, known: [spot], firstTime: false, stateChanged: () => {} };
    const root = new WatchedRoot(options, this.surroundings);
    this.singles.set(pathOf(spot), root);
    await root.verify();
  }

  private storeState(folder: string, state: Watch['state']): void {
    const watch = this.deps.watches.get(folder);
    if (watch === undefined || watch.state === state) return;
    try {
      this.deps.watches.put({ ...watch, state }, state);
    } catch (error) {
      this.deps.log.error({ err: error, path: folder }, 'the state of a watched folder could not be noted');
    }
  }

  private async closeRoot(folder: string): Promise<void> {
    await this.roots.get(folder)?.close();
    this.roots.delete(folder);
  }

  private async closeSingle(clipPath: string): Promise<void> {
    await this.singles.get(clipPath)?.close();
    this.singles.delete(clipPath);
  }

  private rootOf(clipPath: string): WatchedRoot | undefined {
    return [...this.roots.values()].find((root) => isInside(clipPath, root.path));
  }

  private folderOf(clipPath: string): ClipFolder | undefined {
    return this.rootOf(clipPath)?.clips.get(clipPath) ?? this.singles.get(clipPath)?.clips.get(clipPath);
  }

  private watchOf(folder: string): Watch | undefined {
    return this.deps.watches.list().find((one) => isSamePath(one.path, folder));
  }

  /** Compares the path as it is stored and as a person writes it. */
  private known(folder: string): Watch {
    const watch = this.watchOf(folder) ?? this.watchOf(absolutePath(folder));
    if (watch !== undefined) return watch;
    const near = this.deps.watches.list().map((one) => one.path);
    throw new CosmosError('not_found', `${folder} is not a watched folder.`, { near });
  }

  private refuseOverlap(folder: string): void {
    const other = [...this.roots.keys()].find((one) => {
      return one !== folder && (isInside(one, folder) || isInside(folder, one));
    });
    if (other === undefined) return;
    const relation = isInside(folder, other) ? 'lies inside' : 'contains';
    const message = `${folder} ${relation} ${other}, which is watched already; remove that first.`;
    throw new CosmosError('invalid_params', message, { path: folder, other });
  }
}
