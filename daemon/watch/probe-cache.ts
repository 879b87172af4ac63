/** Keeps what is known about the files of one clip until their size or time changes. */
import path from 'node:path';
import type { PassName } from '../../schemas/index.js';
import { errnoOf } from '../errors.js';
import { KINDS } from '../foreign/kinds.js';
import { openForeign } from '../foreign/open.js';
import { isHeld } from '../held-file.js';
import type { ImageCheck } from '../picture/picture-reader.js';
import type { FileProbe, Probes, Want } from './checks.js';
import type { ListedFile, Listing } from './listing.js';
import type { Prober } from './probe.js';

interface Known {
  readonly stamp: string;
  readonly probe: FileProbe | undefined;
  /** Results of decoding, by pass: a file may hold several passes. */
  readonly decoded: ReadonlyMap<PassName, ImageCheck>;
  /**
   * Why it could not be opened: held by another program, or not allowed. Its size and time do not change when that
   * ends.
   */
  readonly closed: 'held' | 'denied' | null;
}

export class ProbeCache implements Probes {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly folder: string,
    /** Folder below which the files must lie, links resolved. */
    private readonly root: string,
    private readonly prober: Prober,
  ) {}

  header(file: ListedFile): FileProbe | undefined {
    return this.entry(file)?.probe;
  }

  decoded(file: ListedFile, pass: PassName): ImageCheck | undefined {
    return this.entry(file)?.decoded.get(pass);
  }

  isHeld(file: ListedFile): boolean {
    return this.entry(file)?.closed === 'held';
  }

  /** Forgets the answers about files that could not be opened, so that they are read again. */
  forgetClosed(): void {
    for (const [name, { closed }] of this.known) if (closed !== null) this.known.delete(name);
  }

  /** Finds the answers; resolves when all are known. */
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
      const { found: probe, closed } = await tried(full, () => this.prober.header(full, this.root));
      this.remember(file, (before) => ({ ...before, probe, closed: before.closed ?? closed }));
    } else {
      const { found, closed } = await tried(full, () => this.prober.decode(full, pass, layer, this.root));
      const decoded = (before: Known) => new Map(before.decoded).set(pass, found);
      this.remember(file, (before) => ({ ...before, decoded: decoded(before), closed: before.closed ?? closed }));
    }
  }

  private remember(file: ListedFile, change: (before: Known) => Known): void {
    const nothing: Known = { stamp: stampOf(file), probe: undefined, decoded: new Map(), closed: null };
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

/** The answer, and whether it is bad because the file cannot be opened. A file that was just released is read again. */
async function tried<T extends { readonly problem: string | null }>(file: string, ask: () => Promise<T>) {
  const found = await ask();
  if (found.problem === null) return { found, closed: null };
  const closed = await closedBy(file);
  return { found: closed === null ? await ask() : found, closed };
}

/** Reads one byte, because on Windows a part of a file may be locked. null = it can be read, or is gone. */
async function closedBy(file: string): Promise<Known['closed']> {
  try {
    const opened = await openForeign(file, { kind: KINDS.media, root: null });
    await opened.read(Buffer.alloc(1), 0).finally(() => opened.close());
    return null;
  } catch (error) {
    if (isHeld(error)) return 'held';
    return ['EACCES', 'EPERM'].includes(errnoOf(error) ?? '') ? 'denied' : null;
  }
}
