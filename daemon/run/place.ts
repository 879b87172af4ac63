/** Where a result lands and under which name. Nothing that is there is ever overwritten. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Clip, Job } from '../../schemas/index.js';
import { linkExclusive } from '../host/exclusive.js';
import { copyInto } from '../host/local-files.js';
import { asUsual, giveUsualMode } from '../usual-mode.js';
import { sha256Of } from './sha256.js';

/** Which attempt a provenance file speaks of; anything else beside a video is not ours. */
const Owner = z.object({ job: z.string(), attempt: z.int() });
type Owner = z.infer<typeof Owner>;

/** Absolute paths of one placed result. */
export interface Placed {
  readonly video: string;
  readonly provenance: string;
}

export interface PlaceRequest {
  readonly folder: string;
  /** "street_aug"; a number is added when that is taken: "street_aug_2". */
  readonly stem: string;
  /** The verified output, anywhere on this machine; its extension is kept. */
  readonly source: string;
  readonly sha256: string;
  readonly owner: Owner;
  /** Content of the provenance file once the name of the video is known. */
  readonly provenance: (video: string) => object;
}

/** Beside the clip, the movie or the spec; `configured` overrides. Undefined = that place is gone. */
export function resultFolder(job: Job, clip: Clip | undefined, configured: string | null): string | undefined {
  if (configured !== null) return path.resolve(configured);
  const origin = job.source.kind === 'spec' ? job.source.spec : clip?.path;
  const stat = origin === undefined ? undefined : statSync(origin, { throwIfNoEntry: false });
  if (origin === undefined || stat === undefined) return undefined;
  return stat.isDirectory() ? origin : path.dirname(origin);
}

/**
 * Copies the video to its place. The provenance file comes first: it reserves the name, and after a crash it says
 * which half-placed result is ours, so that repeating ends under the same name.
 */
export async function placeResult(request: PlaceRequest): Promise<Placed> {
  asUsual(() => mkdirSync(request.folder, { recursive: true }));
  for (;;) {
    const placed = findOwn(request) ?? reserve(request);
    if (await putVideo(request, placed)) return placed;
    rmSync(placed.provenance, { force: true }); // somebody else's video came in between: the next name then
  }
}

/** The name that an earlier try of the same attempt has reserved. */
function findOwn({ folder, stem, owner, source }: PlaceRequest): Placed | undefined {
  const names = readdirSync(folder).filter((name) => name.startsWith(stem) && name.endsWith('.json'));
  const own = names.map((name) => path.join(folder, name)).find((file) => isOwn(file, owner));
  return own === undefined ? undefined : placedAt(own.slice(0, -'.json'.length), source);
}

function isOwn(file: string, { job, attempt }: Owner): boolean {
  try {
    const found = Owner.parse(JSON.parse(readFileSync(file, 'utf8')));
    return found.job === job && found.attempt === attempt;
  } catch {
    return false; // not one of our provenance files
  }
}

function reserve(request: PlaceRequest): Placed {
  for (let number = 1; ; number++) {
    const stem = number === 1 ? request.stem : `${request.stem}_${number}`;
    const placed = placedAt(path.join(request.folder, stem), request.source);
    if (!existsSync(placed.video) && writeExclusive(placed.provenance, request.provenance(placed.video))) return placed;
  }
}

function placedAt(stem: string, source: string): Placed {
  return { video: `${stem}${path.extname(source)}`, provenance: `${stem}.json` };
}

function writeExclusive(file: string, content: object): boolean {
  const draft = draftOf(file);
  asUsual(() => writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`));
  try {
    return linkExclusive(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** false = another file has the name. */
async function putVideo({ source, sha256 }: PlaceRequest, { video }: Placed): Promise<boolean> {
  const draft = draftOf(video);
  try {
    await copyInto(source, draft);
    giveUsualMode(draft);
    return linkExclusive(draft, video) || (await sha256Of(video)) === sha256;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** In the same folder, because a name can only be given within one file system; hidden from people and watchers. */
function draftOf(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.part`);
}
