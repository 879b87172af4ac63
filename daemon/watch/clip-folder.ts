/**
 * Looks at one clip whenever something happened or time alone can change the answer. One look at a time: list, settle,
 * answer the questions that are left open, list again; the readiness that leaves none open is published.
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

/** Milliseconds after the last event before looking, and at most after the first while events pour in. */
const SOON = 20;
const LATEST = 250;
/** What stands for the bytes of a name that are no UTF-8. */
const REPLACEMENT = '\ufffd';
/** However its letters are, as on systems that do not tell large from small. */
const PROMPT_FILE = /^prompt\.txt$/i;

/** What the clip's root tells it. */
export interface ClipOptions {
  readonly root: string;
  /** The root with links resolved; known once it is online. */
  readonly realRoot: () => string;
  /** Seconds. */
  readonly settle: number;
  readonly fps: number;
  readonly existing: boolean;
  /** A person named this clip: files older than the settle time need not be watched being quiet. */
  readonly vouched: boolean;
  /** The folder or movie is not there any more. */
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
  /** The look that begins when that one has ended; null = nobody asked for one. */
  private next: Promise<void> | null = null;
  /** Monotonic milliseconds before which events do not make it look again. */
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

  /** Something may have changed; a manifest is urgent, because it is the exporter's last act. */
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

  /** The pass that a folder below the clip holds for it; null = it was none when the clip was last looked at. */
  passIn(folder: string): PassName | null {
    return this.contents.passFolders.get(path.relative(this.path, folder)) ?? null;
  }

  /** Out of reach until the next look. */
  offline(reason: string): void {
    this.cancelRecheck();
    this.observation = null;
    this.record.offline(reason);
  }

  /** The files that make up the clip now; the manifest is one of them. */
  async files(): Promise<FrozenFile[]> {
    return this.inputsOf(await this.find());
  }

  /** Takes away the notes of renders; the answer is how many there were. @throws the system error */
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

  /** However fast events come, looks at one clip take a share of the time only. */
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
    // Those that the listing refuses are named too: who submits, or asks whether one may, is told why they are not read.
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

/** Milliseconds until the next look when this computer's disk was too full to note what was seen. */
const ROOM_MS = 2000;
