/** The spool with real folders, real files and a real database, over several lives of a daemon. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import { closeDatabase, openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import { Spool } from '../../daemon/submit/spool.js';
import { Submissions } from '../../daemon/submit/submit.js';
import { watchFiles } from '../../daemon/watch/watch-files.js';
import { Config, type SpoolEntry } from '../../schemas/index.js';
import { writeManifest } from './manifest.js';
import { writeSequences } from './passes.js';
import { fixedPresets } from './presets.js';
import { tempDir } from './tmp.js';
import { type Kept, Watching } from './watching.js';

/** What outlives a daemon: the exports, the spool, the database, the known clips. */
export class SpoolPlace {
  readonly root = tempDir();
  readonly spool = path.join(this.root, 'spool');
  kept: Kept | undefined;

  constructor() {
    mkdirSync(this.spool);
  }

  /** A folder with a whole clip and its manifest, as a render leaves it. */
  clip(name: string): string {
    const folder = path.join(this.root, 'exports', name);
    writeSequences(folder, { passes: ['color', 'depth'] });
    writeManifest(folder);
    return folder;
  }

  /** Leaves an entry as Houdini does: beside, then by rename. */
  leave(name: string, entry: Partial<SpoolEntry> & { path: string }): string {
    const whole = { schema: 'cosmos-spool/1', key: name, writtenAt: '2026-11-22T01:00:00.000Z', ...entry };
    return this.leaveText(name, JSON.stringify(whole));
  }

  leaveText(name: string, text: string): string {
    const file = path.join(this.spool, `${name}.json`);
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
    return file;
  }

  /** A daemon's life, with the prompts that every job of these tests needs. */
  async live(): Promise<SpoolLife> {
    const watching = await Watching.open({ kept: this.kept });
    this.kept = watching.kept;
    const life = new SpoolLife(this, watching);
    onTestFinished(() => life.end());
    return life;
  }
}

export class SpoolLife {
  readonly words: string[] = [];
  readonly queue: Queue;
  readonly spool: Spool;
  private readonly db;
  private ended = false;

  constructor(
    place: SpoolPlace,
    readonly watching: Watching,
  ) {
    this.db = openDatabase(path.join(place.root, 'cosmos.db'));
    this.queue = new Queue(this.db, new Journal(this.db, systemClock), systemClock);
    const { folders, kept } = watching;
    const log = silentLogger.child({});
    log.warn = (_facts: unknown, message?: string) => void this.words.push(message ?? '');
    const submissions = new Submissions({
      ...{ queue: this.queue, folders, clips: kept.clips, log },
      results: { markStale: () => undefined },
      presets: fixedPresets(),
      config: Config.parse({ defaults: { engine: 'preview', prompt: 'a street at night' } }),
      estimate: () => null,
      pricePerHour: () => 0,
    });
    this.spool = new Spool({
      ...{ folder: place.spool, folders, clock: systemClock, log, watchFiles },
      wasSubmitted: (key) => this.queue.wasSubmitted(key),
      submit: (params) => submissions.submit(params),
    });
  }

  /** As at the end of a daemon; may be called twice. */
  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    await this.spool.close();
    await this.watching.folders.close();
    closeDatabase(this.db);
  }
}
