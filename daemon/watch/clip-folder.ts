/**
 * Looks at one clip after every change, and when time alone can change the answer. One look at a time: list, settle,
 * answer the open questions, list again. The first answer without open questions is published.
 */
import path from 'node:path';
import { type FrozenFile, MANIFEST_FILE, type PassName } from '../../schemas/index.js';
import { errnoOf, toCosmosError } from '../errors.js';
import { isSilence } from '../foreign/disk.js';
import { ClipListing, MovieGone } from './clip-listing.js';
import { ClipRecord, nameOf } from './clip-record.js';
import { completeClip } from './complete-clip.js';
import { Debounce } from './debounce.js';
import { describeShape } from './describe.js';
import { type ClipSpot, pathOf } from './discover.js';
import { type ListedFile, type Listing, listFolder, NO_UTF8 } from './listing.js';
import { ManifestReader, type ManifestReading } from './manifest.js';
import { isOwnFile } from './own-files.js';
import { ProbeCache } from './probe-cache.js';
import { RenderNotes } from './render-notes.js';
import { changedBetween, RESTLESS_MS, restAfter, restless } from './restless.js';
import { type Observation, type Readiness, settle } from './settle.js';
import { SpecFinder, specNames } from './spec-file.js';
import type { Surroundings } from './stores.js';

/** Milliseconds from the last event to the look, and at most from the first event while more arrive. */
const SOON = 20;
const LATEST = 250;
/** Replaces bytes of a name that are not valid UTF-8. */
const REPLACEMENT = '\ufffd';
/** Compares without case, as Windows and macOS do. */
const PROMPT_FILE = /^prompt\.txt$/i;

/** Options from the root of the clip. */
export interface ClipOptions {
  readonly root: string;
  /** The root with links resolved; known once it is online. */
  readonly realRoot: () => string;
  /** Seconds. */
  readonly settle: number;
  readonly fps: number;
  readonly existing: boolean;
  /** A person has named this clip: files that are older than the settle time count as quiet at once. */
  readonly vouched: boolean;
  /** Called when the folder or movie is gone. */
  readonly gone: (clip: ClipFolder) => void;
}

interface Found {
  readonly listing: Listing;
  readonly manifest: ManifestReading;
  readonly readiness: Readiness;
}

export class ClipFolder {
  readonly path: string;
  readonly record: ClipRecord;
  private readonly manifests: ManifestReader;
  private readonly probes: ProbeCache;
  private readonly renders: RenderNotes;
  private readonly specs: SpecFinder;
  private readonly events: Debounce;
  private readonly contents: ClipListing;
  private observation: Observation | null = null;
  /** The look that is under way, or the last one. */
  private current: Promise<void> = Promise.resolve();
  /** The look that follows the present one; null = none is needed. */
  private next: Promise<void> | null = null;
  /** Monotonic milliseconds; before this time events cause no look. */
  private restUntil = 0;
  private closed = false;
  private cancelRecheck: () => void = () => {};

  constructor(
    private readonly spot: ClipSpot,
    private readonly options: ClipOptions,
    private readonly surroundings: Surroundings,
  ) {
    this.path = pathOf(spot);
    this.contents = new ClipListing(spot, options.realRoot, surroundings.reader);
    this.record = new ClipRecord(spot, options.root, options.existing, surroundings);
    this.manifests = new ManifestReader(spot.folder, options.root);
    this.renders = new RenderNotes(spot.folder, options.root);
    this.probes = new ProbeCache(spot.folder, options.root, surroundings.prober);
    this.specs = new SpecFinder(spot.folder, options.root);
    this.events = new Debounce(surroundings.clock, SOON, LATEST, () => this.lookAfterRest());
  }

  /** To be called after a change. A manifest is urgent, because an exporter writes it last. */
  mark(urgent: boolean): void {
    if (!this.closed) this.events.poke(urgent);
  }

  /** Resolves after a look that began after this call. Never rejects. */
  observe(): Promise<void> {
    this.events.cancel();
    this.next ??= this.current.then(() => {
      this.next = null;
      this.current = this.lookOnce();
      return this.current;
    });
    return this.next;
  }

  /** The pass of a pass folder below the clip; null = it was no pass folder at the last look. */
  passIn(folder: string): PassName | null {
    return this.contents.passFolders.get(path.relative(this.path, folder)) ?? null;
  }

  /** The files cannot be reached until the next look. */
  offline(reason: string): void {
    this.cancelRecheck();
    this.observation = null;
    this.record.offline(reason);
  }

  /** The files of the clip as they are now, with the manifest. */
  async files(): Promise<FrozenFile[]> {
    return this.inputsOf(await this.find());
  }

  /** Removes the notes of renders. @returns their number. @throws the system error */
  async withdraw(): Promise<number> {
    const { renders } = await listFolder(this.spot.folder, this.options.realRoot());
    await this.renders.remove(renders);
    if (renders.length > 0) await this.observe();
    return renders.length;
  }

  close(): void {
    this.closed = true;
    this.events.cancel();
    this.cancelRecheck();
  }

  private async lookOnce(): Promise<void> {
    if (this.closed) return;
    const { clock } = this.surroundings;
    const from = clock.monotonic();
    try {
      await this.look();
    } catch (error) {
      this.failed(error);
    }
    const now = clock.monotonic();
    this.restUntil = now + restAfter(now - from);
  }

  /** Limits the share of time that looks at one clip take while events arrive quickly. */
  private lookAfterRest(): void {
    const { clock } = this.surroundings;
    const rest = this.restUntil - clock.monotonic();
    this.cancelRecheck();
    this.cancelRecheck = clock.after(Math.max(0, rest), () => void this.observe());
  }

  private async look(): Promise<void> {
    const { clock } = this.surroundings;
    this.cancelRecheck();
    this.probes.forgetClosed();
    const asked = clock.monotonic();
    let isCompleted = false;
    for (let before: Found | null = null; ; ) {
      const found = await this.find();
      if (this.closed) return;
      this.observation = found.readiness.observation;
      await this.renders.forget(found.readiness.over, this.surroundings.log);
      if (found.readiness.state === 'ready' && found.readiness.standing.length > 0 && !isCompleted) {
        isCompleted = true;
        const reason = await completeClip(this.spot.folder, found.readiness, this.probes);
        if (reason !== null)
          return this.publish({ ...found, readiness: { ...found.readiness, state: 'incomplete', reason } });
        await this.renders.forget(found.readiness.standing, this.surroundings.log);
        continue;
      }
      if (found.readiness.wants.length === 0) return this.publish(found);
      const changed = before === null ? undefined : changedBetween(before.listing, found.listing);
      if (changed !== undefined && clock.monotonic() - asked > RESTLESS_MS) {
        return this.publish({ ...found, readiness: restless(found.readiness, changed, clock.monotonic()) });
      }
      before = found;
      await this.probes.fulfil(found.readiness.wants);
    }
  }

  /** Manifest first, listing second: a manifest that agrees with a later listing is true now. */
  private async find(): Promise<Found> {
    const { movie, folder } = this.spot;
    const manifest: ManifestReading = movie === null ? await this.manifests.read() : { kind: 'none' };
    const listing = await this.contents.list(manifest);
    const { clock } = this.surroundings;
    const renders = await this.renders.read(listing.renders, clock.now());
    this.probes.keepOnly(listing);
    const readiness = settle({
      files: listing.files.filter(({ name }) => !this.isOurs(folder, name)),
      manifest,
      manifestFile: listing.files.find(({ name }) => name === MANIFEST_FILE) ?? null,
      renders,
      passFolders: this.contents.passFolders,
      movie,
      previous: this.observation,
      known: this.record.known,
      probes: this.probes,
      reader: this.surroundings.reader,
      now: clock.monotonic(),
      settle: this.options.settle,
      age: this.options.vouched ? this.ageOf(listing.files) : 0,
    });
    return { listing, manifest, readiness };
  }

  private isOurs(folder: string, name: string): boolean {
    return isOwnFile(path.posix.basename(name)) || this.surroundings.ownOutputs(path.join(folder, name));
  }

  private ageOf(files: readonly ListedFile[]): number {
    const newest = Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs));
    return Math.max(0, this.surroundings.clock.now() - newest);
  }

  private inputsOf({ listing, readiness }: Found): FrozenFile[] {
    const manifest = this.spot.movie === null ? listing.files.filter(({ name }) => name === MANIFEST_FILE) : [];
    return [...readiness.shape.inputs, ...manifest].map(({ name, size, mtimeMs }) => {
      return { path: path.join(this.spot.folder, name), size, mtimeMs };
    });
  }

  private async publish(found: Found): Promise<void> {
    const { listing, manifest } = found;
    const readiness = { ...found.readiness, warnings: [...found.readiness.warnings, ...listing.notes] };
    const read = manifest.kind === 'read' ? manifest.manifest : null;
    const name = read?.name ?? nameOf(this.spot);
    const isMovie = this.spot.movie !== null;
    // Files that the listing refuses are included, so that a submit can say why they are not read.
    const prompts = isMovie ? [] : listing.files.filter((file) => PROMPT_FILE.test(file.name));
    const prompt = prompts.find((file) => file.name === 'prompt.txt') ?? prompts[0];
    const specFile = await this.specs.find(specNames(name, isMovie), listing.files);
    const promptFile = prompt === undefined ? null : path.join(this.spot.folder, prompt.name);
    const findings = {
      ...describeShape(readiness.shape, read, this.probes, this.options.fps),
      name,
      promptFile,
      specFile,
    };
    const ready = readiness.state === 'ready' ? this.record.preview(readiness, findings) : null;
    const objection = ready && (await this.surroundings.objection(ready, this.inputsOf(found)));
    if (this.closed) return;
    this.recheckAt(readiness.recheckAt);
    this.record.publish(readiness, findings, objection);
  }

  private recheckAt(moment: number | null): void {
    if (moment === null) return;
    const { clock } = this.surroundings;
    this.cancelRecheck = clock.after(Math.max(1, moment - clock.monotonic()), () => void this.observe());
  }

  private failed(error: unknown): void {
    if (this.closed) return;
    if (isSilence(error)) {
      this.offline(error.message);
      return;
    }
    const why = errnoOf(error);
    if (why === 'ENOENT' && path.basename(this.path).includes(REPLACEMENT)) {
      this.record.unopenable(`${NO_UTF8}: rename ${path.basename(this.path)}`);
      return;
    }
    if (error instanceof MovieGone || why === 'ENOENT' || why === 'ENOTDIR') {
      this.options.gone(this);
      return;
    }
    this.surroundings.log.warn({ err: error, clip: this.path }, 'a clip could not be looked at');
    if (toCosmosError(error).code === 'no_space_here') this.recheckAt(this.surroundings.clock.monotonic() + ROOM_MS);
    else this.offline(`${this.path} cannot be read (${why ?? String(error)})`);
  }
}

/** Milliseconds until the next look when this computer's disk was too full to store the answer. */
const ROOM_MS = 2000;
