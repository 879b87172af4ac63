/**
 * Where a result lands and under which name. Nothing that is there is ever overwritten, and nothing is written through
 * what is there: whoever may write to the folder can put a link, a pipe or a folder under any name that is to come.
 */
import { createReadStream, mkdirSync } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nanoid } from 'nanoid';
import * as z from 'zod';
import type { Clip, Job } from '../../schemas/index.js';
import { errnoOf } from '../errors.js';
import { linkExclusive } from '../exclusive.js';
import { KINDS } from '../foreign/kinds.js';
import { lookAt, openForeign, readForeign } from '../foreign/open.js';
import type { FileSeal } from '../queue/results.js';
import { asUsual, usualModeIn } from '../usual-mode.js';
import { sha256OfPieces } from './sha256.js';

/** Which attempt a provenance file speaks of; anything else beside a video is not ours. */
const Owner = z.object({ job: z.string(), attempt: z.int() });
type Owner = z.infer<typeof Owner>;

/** Absolute paths of one placed result. */
export interface Placed {
  readonly video: string;
  readonly provenance: string;
  readonly contactSheet: string;
}

/** A finished file of ours, in a folder of ours. */
export interface OwnFile {
  readonly file: string;
  readonly seal: FileSeal;
}

export interface PlaceRequest {
  readonly folder: string;
  /** "street_aug"; a number is added when that is taken: "street_aug_2". */
  readonly stem: string;
  /** The verified output; its extension is kept. */
  readonly video: OwnFile;
  readonly contactSheet: OwnFile;
  readonly owner: Owner;
  /** Content of the provenance file once the name of the video is known. */
  readonly provenance: (video: string) => object;
}

/**
 * Beside the clip, the movie or the spec; `configured` overrides.
 * @returns undefined where that place is gone, does not answer, or is a link by now that leads out of the watched folder
 */
export async function resultFolder(
  job: Job,
  clip: Clip | undefined,
  configured: string | null,
): Promise<string | undefined> {
  if (configured !== null) return path.resolve(configured);
  const origin = job.source.kind === 'spec' ? job.source.spec : clip?.path;
  if (origin === undefined) return undefined;
  const root = job.source.kind === 'spec' ? null : (clip?.root ?? null);
  const found = await lookAt(origin, { root }).catch(() => undefined); // whatever it is: the result must have a place
  if (found === undefined) return undefined;
  return found.stats.isDirectory() ? origin : path.dirname(origin);
}

/**
 * Copies the video and its contact sheet to their place. The provenance file comes first: it reserves the name, and after
 * a crash it says which half-placed result is ours, so that repeating ends under the same name.
 * @returns with the sheet where it was, if somebody took its name meanwhile
 */
export async function placeResult(request: PlaceRequest): Promise<Placed> {
  asUsual(() => mkdirSync(request.folder, { recursive: true }));
  for (;;) {
    const placed = (await findOwn(request)) ?? (await reserve(request));
    if (await put(request.video, placed.video)) {
      const isThere = await put(request.contactSheet, placed.contactSheet);
      return isThere ? placed : { ...placed, contactSheet: request.contactSheet.file };
    }
    await rm(placed.provenance, { force: true }); // somebody else's video came in between: the next name then
  }
}

/** The name that an earlier try of the same attempt has reserved. */
async function findOwn({ folder, stem, owner, video }: PlaceRequest): Promise<Placed | undefined> {
  for (const name of await readdir(folder)) {
    const number = name.startsWith(stem) ? /^(?:_\d+)?\.json$/.exec(name.slice(stem.length)) : null;
    const file = path.join(folder, name);
    if (number !== null && (await isOwn(file, owner))) return placedAt(file.slice(0, -'.json'.length), video);
  }
  return undefined;
}

async function isOwn(file: string, { job, attempt }: Owner): Promise<boolean> {
  try {
    const content = await readForeign(file, { kind: KINDS.message, root: path.dirname(file) });
    const found = Owner.parse(JSON.parse(content.toString('utf8')));
    return found.job === job && found.attempt === attempt;
  } catch {
    return false; // not one of our provenance files
  }
}

async function reserve(request: PlaceRequest): Promise<Placed> {
  for (let number = 1; ; number++) {
    const stem = number === 1 ? request.stem : `${request.stem}_${number}`;
    const placed = placedAt(path.join(request.folder, stem), request.video);
    if ((await isTaken(placed.video)) || (await isTaken(placed.contactSheet))) continue;
    const content = `${JSON.stringify(request.provenance(placed.video), null, 2)}\n`;
    if (await appear(placed.provenance, (draft) => draft.writeFile(content))) return placed;
  }
}

function placedAt(stem: string, video: OwnFile): Placed {
  return {
    video: `${stem}${path.extname(video.file)}`,
    provenance: `${stem}.json`,
    contactSheet: `${stem}_sheet.png`,
  };
}

/** By whatever: also by a link that leads nowhere. */
async function isTaken(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** false = another file has the name. */
async function put({ file, seal }: OwnFile, target: string): Promise<boolean> {
  const copy = (draft: FileHandle) => writeFile(draft, createReadStream(file));
  return (await appear(target, copy)) || isSealed(target, seal);
}

/** An earlier try may have put it there. */
async function isSealed(file: string, { bytes, sha256 }: FileSeal): Promise<boolean> {
  try {
    const found = await openForeign(file, { kind: KINDS.media, root: path.dirname(file) });
    try {
      return found.stats.size === bytes && (await sha256OfPieces(found.pieces())) === sha256;
    } finally {
      found.close();
    }
  } catch {
    return false; // a link, a pipe, a folder: not ours
  }
}

/**
 * A file under its name at once and complete, written by one descriptor under a name that nobody can foresee; false when
 * the name is taken. The draft is in the same folder, because a name can only be given within one file system; it is
 * hidden from people and watchers.
 */
async function appear(file: string, write: (draft: FileHandle) => Promise<unknown>): Promise<boolean> {
  const folder = path.dirname(file);
  const draft = path.join(folder, `.${nanoid()}.part`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await write(handle);
      await handle.chmod(usualModeIn(folder));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return linkExclusive(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
