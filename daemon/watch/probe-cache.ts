/** What is known about the files of one clip, for as long as their size and time stay the same. */
import path from 'node:path';
import type { FileProbe, Probes, Want } from './checks.js';
import type { ListedFile, Listing } from './listing.js';
import type { Prober } from './probe.js';

interface Known {
  readonly stamp: string;
  readonly probe: FileProbe | undefined;
  /** undefined = never decoded; null = decodes. */
  readonly decoded: string | null | undefined;
  /** What decoding it told beside that. */
  readonly notes: readonly string[];
}

export class ProbeCache implements Probes {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly folder: string,
    private readonly prober: Prober,
  ) {}

  header(file: ListedFile): FileProbe | undefined {
    const known = this.entry(file);
    if (known?.probe === undefined || known.notes.length === 0) return known?.probe;
    return { ...known.probe, notes: [...known.probe.notes, ...known.notes] };
  }

  decoded(file: ListedFile): string | null | undefined {
    return this.entry(file)?.decoded;
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

  private async answer({ file, check, layer }: Want): Promise<void> {
    const full = path.join(this.folder, file.name);
    if (check === 'header') return this.remember(file, { probe: await this.prober.header(full) });
    const notes: string[] = [];
    const decoded = await this.prober.decode(full, layer, (text) => notes.push(text));
    this.remember(file, { decoded, notes });
  }

  private remember(file: ListedFile, answer: Partial<Known>): void {
    const before = this.entry(file) ?? { stamp: stampOf(file), probe: undefined, decoded: undefined, notes: [] };
    this.known.set(file.name, { ...before, ...answer });
  }

  private entry(file: ListedFile): Known | undefined {
    const known = this.known.get(file.name);
    return known?.stamp === stampOf(file) ? known : undefined;
  }
}

function stampOf({ size, mtimeMs }: ListedFile): string {
  return `${size} ${mtimeMs}`;
}
