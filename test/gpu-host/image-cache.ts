/** What the engine has on its disk after `docker load`, kept between tests: taking it over is several times as fast. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './assets.js';
import { execute, must } from './execute.js';

const PREFIX = 'docker-';
/** Ends the name of the file that says of which images a folder is. */
const LIST = '.images';

export class ImageCache {
  private readonly folder: string;

  constructor(private readonly images: readonly string[]) {
    const facts = images.map((image) => [image, statSync(image).size, statSync(image).mtimeMs]);
    const key = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
    this.folder = path.join(cacheFolder, `${PREFIX}${key}`);
  }

  has(): boolean {
    return existsSync(this.folder);
  }

  /** Fills the engine's empty folder. */
  async giveTo(dataRoot: string): Promise<void> {
    await copy(this.folder, dataRoot);
  }

  /** Keeps the folder of an engine that is not running. */
  async takeFrom(dataRoot: string): Promise<void> {
    mkdirSync(cacheFolder, { recursive: true });
    const part = mkdtempSync(`${this.folder}.part-`);
    await copy(dataRoot, part);
    writeFileSync(`${part}${LIST}`, JSON.stringify(this.images));
    renameSync(`${part}${LIST}`, `${this.folder}${LIST}`);
    try {
      renameSync(part, this.folder);
    } catch {
      rmSync(part, { recursive: true }); // another host was faster
    }
    removeOutdated();
  }
}

/** Removes what was kept of image tars that are no more. */
function removeOutdated(): void {
  for (const name of readdirSync(cacheFolder).filter((each) => each.startsWith(PREFIX) && each.endsWith(LIST))) {
    const list = path.join(cacheFolder, name);
    const images = imagesOf(list);
    if (images === undefined || images.every((image) => existsSync(image))) continue;
    rmSync(list.slice(0, -LIST.length), { recursive: true, force: true });
    rmSync(list, { force: true });
  }
}

/** undefined = another process has just removed the list. */
function imagesOf(list: string): string[] | undefined {
  try {
    return JSON.parse(readFileSync(list, 'utf8'));
  } catch (error) {
    if (existsSync(list)) throw error;
    return undefined;
  }
}

/** Layers never change once they are there, so they are shared by hard link where the file system allows; the rest is not. */
async function copy(from: string, to: string): Promise<void> {
  for (const name of readdirSync(from)) {
    const argv = [path.join(from, name), to];
    const linked = name === 'overlay2' && (await execute(['cp', '-a', '--link', ...argv])).exitCode === 0;
    if (!linked) await must(['cp', '-a', ...argv]);
  }
}
