/** A watch and a queue as the daemon wires them: the clips of the one are what the other is asked to take. */
import path from 'node:path';
import { silentLogger } from '../../daemon/log.js';
import { openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import { Submissions } from '../../daemon/submit/submit.js';
import type { AddOptions } from '../../daemon/watch/watch-settings.js';
import { type Clip, Config } from '../../schemas/index.js';
import { ManualClock } from './clock.js';
import { fixedPresets } from './presets.js';
import { tempDir } from './tmp.js';
import { Watching } from './watching.js';

export interface Submittable {
  readonly watching: Watching;
  readonly submissions: Submissions;
}

/** @param config of the daemon, as read from cosmos.toml */
export async function submittable(
  root: string,
  options: Partial<AddOptions> = {},
  config: Record<string, unknown> = {},
): Promise<Submittable> {
  const watching = await Watching.open({
    objection: (clip, files) => submissions.objection(clip, files),
  });
  const read = Config.parse(config);
  const clock = new ManualClock();
  const db = openDatabase(path.join(tempDir(), 'cosmos.db'));
  const submissions: Submissions = new Submissions({
    queue: new Queue(db, new Journal(db, clock), clock),
    results: { markStale: () => [] },
    folders: watching.folders,
    clips: watching.kept.clips,
    config: read,
    presets: fixedPresets(read.preset),
    estimate: () => null,
    pricePerHour: () => 0,
    log: silentLogger,
  });
  await watching.folders.add({ path: root, settle: 0.2, ...options });
  return { watching, submissions };
}

/** What `cosmos submit CLIP --dry-run` says: null = it is taken, else why not. */
export async function dryRun({ submissions }: Submittable, clip: Clip): Promise<string | null> {
  try {
    const plans = await submissions.plan({ targets: [clip.path] });
    const refused = plans.find(({ check }) => !check.ok);
    return refused === undefined ? null : refused.check.issues.map(({ message }) => message).join('; ');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
