/** What is known about the files of one clip, for as long as their size and time stay the same. */
import path from 'node:path';
import type { PassName } from '../../schemas/index.js';
import type { ImageCheck } from '../picture/picture-reader.js';
import type { FileProbe, Probes, Want } from './checks.js';
import type { ListedFile, Listing } from './listing.js';
import type { Prober } from './probe.js';

interface Known {
  readonly stamp: string;
  readonly probe: FileProbe | undefined;
  /** By pass: what decoding it told. A file may hold several passes. */
  readonly decoded: ReadonlyMap<PassName, ImageCheck>;
}

export class ProbeCache implements Probes {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly folder: string,
    private readonly prober: Prober,
  ) {}

  header(file: ListedFile): FileProbe | undefined {
    return this.entry(file)?.probe;
  }

  decoded(file: ListedFile, pass: PassName): ImageCheck | undefined {
    return this.entry(file)?.decoded.get(pass);
  }

  /** Answers the wants; resolves when all are known. */
  async fulfil(wants: readonly Want[]): Promise<void> {
    await Promise.all(wants.map((want) => this.answer(want)));
  }

  /** Forgets files that are no longer listed. */
  keepOnly({ files }: Listing): void {
    const names = new Set(files.map(({ name }) => name));
    for (const name of this.known.keys()) if (!names.has(name)) this.known.delete(name);
  }

  private async answer({ file, check, pass, layer }: Want): Promise<void> {
    const full = path.join(this.folder, file.name);
    if (check === 'header') {
      const probe = await this.prober.header(full);
      this.remember(file, (before) => ({ ...before, probe }));
    } else {
      const found = await this.prober.decode(full, pass, layer);
      this.remember(file, (before) => ({ ...before, decoded: new Map(before.decoded).set(pass, found) }));
    }
  }

  private remember(file: ListedFile, change: (before: Known) => Known): void {
    const nothing: Known = { stamp: stampOf(file), probe: undefined, decoded: new Map() };
    this.known.set(file.name, change(this.entry(file) ?? nothing));
  }

  private entry(file: ListedFile): Known | undefined {
    const known = this.known.get(file.name);
    return known?.stamp === stampOf(file) ? known : undefined;
  }
}

function stampOf({ size, mtimeMs }: ListedFile): string {
  return `${size} ${mtimeMs}`;
}
