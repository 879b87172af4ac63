/**
 * (a) From the rename of a manifest to onReady, over real files and the real SQLite stores, beside a bare chokidar that
 * only says "something was written". (b) A tree of 10,000 files beside chokidar with its own defaults.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FSWatcher, watch } from 'chokidar';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import { findMediaTools } from '../../daemon/media/tools.js';
import { runProcess } from '../../daemon/process.js';
import { ClipStore } from '../../daemon/queue/clips.js';
import { closeDatabase, type Database, openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { WatchStore } from '../../daemon/queue/watches.js';
import { Folders } from '../../daemon/watch/folders.js';
import { Config, MANIFEST_FILE } from '../../schemas/index.js';
import { writePart } from '../support/manifest.js';
import { writeSequences } from '../support/passes.js';
import { pictureReader } from '../support/pictures.js';
import type { TreeFigure } from './watch-tree.js';

const ROUNDS = 100;
const WARM_UP = 5;
const FOLDERS = 100;
const FILES = 100;
const FILE_BYTES = 4096;
const TREE_ROUNDS = 3;
/** Design section 13: milliseconds, milliseconds, megabytes. */
const ANCHORS = { manifest: 50, ready: 500, rss: 80 };

export async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  try {
    await benchManifest(folder);
    await benchTree(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A watcher that tells when a manifest in its clip folder was noticed. */
interface Noticer {
  readonly clip: string;
  /** Name that the manifest gets in a round. */
  target(round: number): string;
  /** Resolves at the next notice. */
  noticed(): Promise<void>;
  close(): Promise<void>;
}

async function benchManifest(folder: string): Promise<void> {
  const [ours, bare] = [await OurFolders.open(path.join(folder, 'ours')), await Bare.open(path.join(folder, 'bare'))];
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const [our, floor] = [await rename(ours, round), await rename(bare, round)];
    if (round < WARM_UP) continue;
    times.ours.push(our);
    times.bare.push(floor);
  }
  await Promise.all([ours.close(), bare.close()]);
  const [p50, p95] = [quantile(times.ours, 0.5), quantile(times.ours, 0.95)];
  const [floor50, floor95] = [quantile(times.bare, 0.5), quantile(times.bare, 0.95)];
  console.log(
    `manifest renamed -> ready: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (anchor p95 < ${ANCHORS.manifest}); ` +
      `chokidar add: p50 ${floor50.toFixed(1)} ms, p95 ${floor95.toFixed(1)} ms; ` +
      `ratio p50 ${(p50 / floor50).toFixed(1)}, p95 ${(p95 / floor95).toFixed(1)}; ${ROUNDS} rounds`,
  );
}

/** Milliseconds from the rename to the notice; each round's manifest differs, so that each is a new revision. */
async function rename(noticer: Noticer, round: number): Promise<number> {
  const part = writePart(noticer.clip, { tags: [`round ${round}`] });
  const noticed = noticer.noticed();
  const start = systemClock.monotonic();
  renameSync(part, path.join(noticer.clip, noticer.target(round)));
  await noticed;
  return systemClock.monotonic() - start;
}

function makeClip(root: string): string {
  const clip = path.join(root, 'street');
  writeSequences(clip, { passes: ['color', 'depth'] });
  return clip;
}

class OurFolders implements Noticer {
  private constructor(
    readonly clip: string,
    private readonly folders: Folders,
    private readonly db: Database,
  ) {}

  static async open(root: string): Promise<OurFolders> {
    const clip = makeClip(root);
    const db = openDatabase(path.join(root, '..', 'bench.db'));
    const journal = new Journal(db, systemClock);
    const tools = await findMediaTools();
    const folders = new Folders({
      clips: new ClipStore(db, journal),
      watches: new WatchStore(db, journal),
      tools,
      pictures: pictureReader(tools),
      aliases: Config.parse({}).aliases,
      clock: systemClock,
      log: silentLogger,
      ownOutputs: () => false,
      objection: async () => null,
      networkMount: async () => undefined,
    });
    await folders.add({ path: root, settle: 3600 });
    return new OurFolders(clip, folders, db);
  }

  target(): string {
    return MANIFEST_FILE;
  }

  noticed(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.folders.onReady(() => {
        stop();
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    await this.folders.close();
    closeDatabase(this.db);
  }
}

class Bare implements Noticer {
  private constructor(
    readonly clip: string,
    private readonly watcher: FSWatcher,
  ) {}

  static async open(root: string): Promise<Bare> {
    const clip = makeClip(root);
    const watcher = watch(root, { ignoreInitial: true, ignored: (file) => file.endsWith('.part') });
    await new Promise<void>((resolve) => watcher.once('ready', resolve));
    return new Bare(clip, watcher);
  }

  /** A new name each time: chokidar holds back repeated changes of one file. */
  target(round: number): string {
    return `manifest-${round}.json`;
  }

  noticed(): Promise<void> {
    return new Promise((resolve) => this.watcher.once('add', () => resolve()));
  }

  close(): Promise<void> {
    return this.watcher.close();
  }
}

async function benchTree(folder: string): Promise<void> {
  const root = path.join(folder, 'tree');
  makeTree(root);
  const ours: TreeFigure[] = [];
  const bare: TreeFigure[] = [];
  for (let round = 0; round < TREE_ROUNDS; round++) {
    ours.push(await inProcess('folders', root));
    bare.push(await inProcess('chokidar', root));
  }
  const of = (figures: TreeFigure[], key: keyof TreeFigure) =>
    quantile(
      figures.map((figure) => figure[key]),
      0.5,
    );
  const [ready, rss, floorReady, floorRss] = [of(ours, 'ready'), of(ours, 'rss'), of(bare, 'ready'), of(bare, 'rss')];
  console.log(
    `${FOLDERS * FILES} files: ready ${ready.toFixed(0)} ms (anchor < ${ANCHORS.ready}), ` +
      `extra memory ${rss.toFixed(0)} MB (anchor < ${ANCHORS.rss}); ` +
      `chokidar: ${floorReady.toFixed(0)} ms, ${floorRss.toFixed(0)} MB; ` +
      `ratio ready ${(ready / floorReady).toFixed(2)}, memory ${(rss / floorRss).toFixed(2)}; medians of ${TREE_ROUNDS}`,
  );
}

function makeTree(root: string): void {
  const bytes = Buffer.alloc(FILE_BYTES);
  for (let folder = 0; folder < FOLDERS; folder++) {
    const clip = path.join(root, `clip${folder}`);
    mkdirSync(clip, { recursive: true });
    for (let frame = 0; frame < FILES; frame++) writeFileSync(path.join(clip, `color.${frame + 1000}.png`), bytes);
  }
}

async function inProcess(kind: string, root: string): Promise<TreeFigure> {
  const program = fileURLToPath(new URL('watch-tree.js', import.meta.url));
  const { stdout } = await runProcess(process.execPath, [program, kind, root]);
  return JSON.parse(String(stdout)) as TreeFigure;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
