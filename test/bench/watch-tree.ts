/**
 * One watcher on one tree in a process of its own, so that its memory is its own: node watch-tree.js KIND ROOT prints
 * {ready, rss}: milliseconds until everything was looked at, and megabytes that the process grew by then.
 */
import { fileURLToPath } from 'node:url';
import { watch } from 'chokidar';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import { Folders } from '../../daemon/watch/folders.js';
import { Config } from '../../schemas/index.js';
import { MemoryClips, MemoryWatches } from '../support/memory-stores.js';
import { pictureReader } from '../support/pictures.js';

export interface TreeFigure {
  readonly ready: number;
  readonly rss: number;
}

export const WATCHERS = {
  async folders(root: string): Promise<void> {
    const tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', version: null };
    const folders = new Folders({
      clips: new MemoryClips(),
      watches: new MemoryWatches(),
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
  },
  chokidar(root: string): Promise<void> {
    return new Promise((resolve) => watch(root).once('ready', resolve));
  },
};

async function measure(kind: keyof typeof WATCHERS, root: string): Promise<TreeFigure> {
  const before = process.memoryUsage().rss;
  const start = systemClock.monotonic();
  await WATCHERS[kind](root);
  const ready = systemClock.monotonic() - start;
  return { ready, rss: (process.memoryUsage().rss - before) / 2 ** 20 };
}

const [program, kind, root] = process.argv.slice(1);
if (program === fileURLToPath(import.meta.url) && root !== undefined && (kind === 'folders' || kind === 'chokidar')) {
  console.log(JSON.stringify(await measure(kind, root)));
  process.exit(0);
}
