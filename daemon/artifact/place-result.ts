/**
 * Places a result in its folder under a free name. An existing file is never overwritten, and nothing is written
 * through an existing name: everyone who may write to the folder can put a link, a pipe or a folder there.
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

/** The part of a provenance file that names its attempt. Any other file beside a video is not ours. */
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
  /** "street_aug"; when the name is taken, a number is added: "street_aug_2". */
  readonly stem: string;
  /** The verified output; its extension is kept. */
  readonly video: OwnFile;
  readonly contactSheet: OwnFile;
  readonly owner: Owner;
  /** Makes the content of the provenance file for the name that the video gets. */
  readonly provenance: (video: string) => object;
}

/**
 * The folder of the clip, the movie or the spec; `configured` overrides it.
 * @returns undefined when that folder is gone, does not answer, or has become a link that leads out of the watched
 *   folder
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
  const found = await lookAt(origin, { root }).catch(() => undefined); // any error: the caller then keeps the result elsewhere
  if (found === undefined) return undefined;
  return found.stats.isDirectory() ? origin : path.dirname(origin);
}

/**
 * Copies the video and its contact sheet to their folder. The provenance file comes first: it reserves the name, and
 * after a crash it shows which incomplete result is ours, so that a repeated call uses the same name.
 * @returns the paths; the sheet stays at its old path when its name was taken in the meantime
 */
export async function placeResult(request: PlaceRequest): Promise<Placed> {
  asUsual(() => mkdirSync(request.folder, { recursive: true }));
  for (;;) {
    const placed = (await findOwn(request)) ?? (await reserve(request));
    if (await put(request.video, placed.video)) {
      const isThere = await put(request.contactSheet, placed.contactSheet);
      return isThere ? placed : { ...placed, contactSheet: request.contactSheet.file };
    }
    await rm(placed.provenance, { force: true }); // another file took the name in the meantime: try the next name
  }
}

/** The paths that an earlier call for the same attempt has reserved. */
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

/** Whether anything has the name, even a dangling link. */
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

/** Whether the file is already there from an earlier call. */
async function isSealed(file: string, { bytes, sha256 }: FileSeal): Promise<boolean> {
  try {
    const found = await openForeign(file, { kind: KINDS.media, root: path.dirname(file) });
    try {
      return found.stats.size === bytes && (await sha256OfPieces(found.pieces())) === sha256;
    } finally {
      found.close();
    }
  } catch {
    return false; // a link, a pipe or a folder is not ours
  }
}

/**
 * Makes a file appear complete under its name; false = the name is taken. It is written as a draft with a random name,
 * which others cannot guess, and then linked. The draft is in the same folder, because a link works only within one
 * file system. Its name is hidden from people and watchers.
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
