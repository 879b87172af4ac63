/** Which content an encode of certain inputs had: a pointer into the content store, so that no bytes lie twice. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { Media, PassMeasure } from '../../../schemas/index.js';
import type { ContentStore } from '../../contents/freeze.js';
import { errnoOf } from '../../errors.js';
import type { StateDir } from '../../state-dir.js';
import { writeFileAtomic } from '../../write-file.js';

/** A pass as a movie in the content store. */
export const EncodedPass = z.object({ sha256: z.string(), bytes: z.int(), media: Media, measure: PassMeasure });
export type EncodedPass = z.infer<typeof EncodedPass>;

export class EncodeCache {
  constructor(
    private readonly stateDir: StateDir,
    private readonly store: ContentStore,
  ) {}

  /** undefined = it must be encoded: it never was, its content was removed, or an old version stored fewer facts. */
  async get(key: string): Promise<EncodedPass | undefined> {
    const text = await readFile(this.file(key), 'utf8').catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    const pass = text === undefined ? undefined : EncodedPass.safeParse(parsed(text)).data;
    return pass !== undefined && (await this.store.has(pass)) ? pass : undefined;
  }

  async put(key: string, pass: EncodedPass): Promise<void> {
    await mkdir(this.stateDir.encodeCache, { recursive: true });
    await writeFileAtomic(this.file(key), JSON.stringify(pass));
  }

  private file(key: string): string {
    return path.join(this.stateDir.encodeCache, `${key}.json`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a damaged entry counts as missing
  }
}
