/** What the engine has on its disk after `docker load`, kept between tests: taking it over is several times as fast. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './assets.js';
import { execute, must } from './execute.js';

export class ImageCache {
  private readonly folder: string;

  constructor(images: readonly string[]) {
    const facts = images.map((image) => [image, statSync(image).size, statSync(image).mtimeMs]);
    const key = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16);
    this.folder = path.join(cacheFolder, `docker-${key}`);
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
    const part = `${this.folder}.${process.pid}.${Date.now()}`;
    mkdirSync(part, { recursive: true });
    await copy(dataRoot, part);
    try {
      renameSync(part, this.folder);
    } catch {
      rmSync(part, { recursive: true }); // another host was faster
    }
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
