/** Reads and checks the notes of renders in the folder of a clip, and removes those that are over. */
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RenderNote } from '../../schemas/index.js';
import { CosmosError, errnoOf } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { KINDS } from '../foreign/kinds.js';
import { lookAt } from '../foreign/open.js';
import { Refusal } from '../foreign/refusal.js';
import { untilFree } from '../held-file.js';
import type { Logger } from '../log.js';
import { readText } from '../text/read.js';
import type { StandingNote } from './awaited.js';
import { parseManifest } from './manifest.js';

export interface Renders {
  readonly notes: readonly StandingNote[];
  /** The problem of the first note that cannot be used, as a sentence; null = all can be used. */
  readonly problem: string | null;
  /** Writes a time as people read it. */
  readonly at: (ms: number) => string;
}

type Known = Omit<StandingNote, 'process'>;

/** The name of this machine in notes. Two systems on one machine have two names: each sees only its own processes. */
const HERE = `${os.hostname()}/${process.platform}`;

export class RenderNotes {
  private readonly known = new Map<string, { signature: string; read: Known | string }>();

  /** @param root folder in which the notes must be */
  constructor(
    private readonly folder: string,
    private readonly root: string,
  ) {}

  /** @param now milliseconds since 1970 */
  async read(names: readonly string[], now: number): Promise<Renders> {
    for (const name of this.known.keys()) if (!names.includes(name)) this.known.delete(name);
    const found: (Known | string)[] = [];
    for (const name of [...names].sort()) {
      const read = await this.readOne(name);
      if (read !== null) found.push(read);
    }
    const known = found.filter((read) => typeof read !== 'string');
    return {
      notes: known.map((read) => ({ ...read, process: standing(read.note.process) })),
      problem: found.find((read) => typeof read === 'string') ?? null,
      at: (ms) => inWords(ms, now),
    };
  }

  /** Removes notes by the names of their files. @throws the system error */
  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const file = path.join(this.folder, name);
      await disks.run(file, () => untilFree(() => rm(file, { force: true })));
    }
  }

  /** Removes notes that are over. One that cannot be removed is still over, because a manifest is newer. */
  async forget(notes: readonly StandingNote[], log: Logger): Promise<void> {
    if (notes.length === 0) return;
    await this.remove(notes.map(({ file }) => file)).catch((error: unknown) => {
      log.warn({ err: error, clip: this.folder }, 'the note of a render could not be removed');
    });
  }

  /** null = it is gone. */
  private async readOne(name: string): Promise<Known | string | null> {
    const file = path.join(this.folder, name);
    try {
      const { size, mtimeMs, ino } = (await lookAt(file, { root: this.root })).stats;
      const signature = `${size} ${mtimeMs} ${ino}`;
      const before = this.known.get(name);
      if (before?.signature === signature) return before.read;
      const read = parseNote(
        name,
        mtimeMs,
        await readText(file, 'invalid_params', { kind: KINDS.manifest, root: this.root }),
      );
      this.known.set(name, { signature, read });
      return read;
    } catch (error) {
      if (error instanceof Refusal) return `${name}: ${error.what}; ${error.remedy}`;
      if (error instanceof CosmosError && error.code === 'invalid_params') return error.message;
      if (error instanceof CosmosError) throw error;
      const why = errnoOf(error);
      return why === 'ENOENT' ? null : `${name} cannot be read (${why ?? String(error)}); remove it`;
    }
  }
}

/** A sentence when the file is no valid note. */
function parseNote(file: string, mtimeMs: number, text: string): Known | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return `${file} is not JSON: remove it`;
  }
  const parsed = RenderNote.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${file} is no note of a render of this version (${issue?.path.join('.') ?? 'the whole'}): remove it`;
  }
  const { clip } = parsed.data;
  const draft = clip === undefined ? null : parseManifest(JSON.stringify({ ...UNKNOWN, ...clip, files: [] }));
  if (draft?.kind === 'wrong') return `${file}: ${draft.problem}`;
  // Without passes in the note, file names and layers decide.
  return {
    file,
    mtimeMs,
    note: parsed.data,
    draft: clip?.passes === undefined && draft !== null ? { kind: 'none' } : draft,
  };
}

/** Placeholder values until the images are read. */
const UNKNOWN = { passes: {}, width: 64, height: 64 };

function standing(of: RenderNote['process']): StandingNote['process'] {
  if (of === undefined) return 'none';
  if (of.host !== HERE) return 'unknown';
  try {
    process.kill(of.pid, 0);
    return 'alive';
  } catch (error) {
    return errnoOf(error) === 'EPERM' ? 'alive' : 'ended';
  }
}

const DAY = 20 * 3600_000;

function inWords(ms: number, now: number): string {
  const date = new Date(ms);
  const clock = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  if (Math.abs(now - ms) < DAY) return clock;
  return `${clock} on ${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
