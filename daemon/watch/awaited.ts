/**
 * Images that renders have announced and not written yet. A file counts as new when its size or time differs from those
 * before its render began: both times are of the same file, so clocks of two machines are never compared. Pure.
 *
 * A note is over when a newer manifest agrees with every file, or when the process that rendered ended without a
 * change. In the second case the old manifest is valid again, and there is no new revision.
 */
import type { ExpectedImages, ManifestFile, RenderNote } from '../../schemas/index.js';
import { missingFrames, showFrames } from './frames.js';
import type { ListedFile } from './listing.js';
import type { ManifestReading } from './manifest.js';
import { matches } from './shape-from-manifest.js';

export interface StandingNote {
  /** Name of its file. */
  readonly file: string;
  readonly mtimeMs: number;
  readonly note: RenderNote;
  /** The `clip` of the note as a manifest without files; null = the render has not ended, or the note has no `clip`. */
  readonly draft: ManifestReading | null;
  /**
   * State of the process that renders; unknown = it is on another machine, none = the render has no process to wait
   * for.
   */
  readonly process: 'alive' | 'ended' | 'unknown' | 'none';
}

/** A render with missing images. */
export interface Unmet {
  readonly of: StandingNote;
  /** "frames 12-48", or the name of a movie. */
  readonly what: string;
  readonly plural: boolean;
  /** Time of the last new image by the file system, in milliseconds since 1970; null = there is none. */
  readonly last: number | null;
}

export interface Awaited {
  readonly over: readonly StandingNote[];
  readonly standing: readonly StandingNote[];
  readonly unmet: readonly Unmet[];
  /** A render whose process may still be at work; null = none. */
  readonly running: StandingNote | null;
  /** The description of the clip by the newest render; null = no render has one. */
  readonly draft: ManifestReading | null;
}

/** @param signedAt time of the manifest, when it agrees with every file that is there */
export function awaited(
  notes: readonly StandingNote[],
  files: readonly ListedFile[],
  signedAt: number | null,
): Awaited {
  const judged = notes.map((of) => ({ of, ...arrivals(of.note, files) }));
  const isOver = ({ of, last }: (typeof judged)[number]) =>
    (signedAt !== null && signedAt > of.mtimeMs) || (of.process === 'ended' && last === null);
  const standing = judged.filter((one) => !isOver(one));
  const unmet = standing.flatMap(({ of, frames, names, last }): Unmet[] => {
    if (frames.length + names.length === 0) return [];
    const step = of.note.images[0]?.frames.step ?? 1;
    const shown = frames.length === 0 ? [] : [`frame${frames.length > 1 ? 's' : ''} ${showFrames(frames, 1, step)}`];
    return [{ of, what: [...shown, ...names].join(', '), plural: frames.length + names.length > 1, last }];
  });
  const notesStanding = standing.map(({ of }) => of);
  const running = notesStanding.find(({ process }) => process === 'alive' || process === 'unknown') ?? null;
  const drafts = notesStanding.filter(({ draft }) => draft !== null).sort((a, b) => b.mtimeMs - a.mtimeMs);
  return {
    over: judged.filter(isOver).map(({ of }) => of),
    standing: notesStanding,
    unmet,
    running,
    draft: drafts[0]?.draft ?? null,
  };
}

interface Arrivals {
  /** Frames that have not come, ascending, of any of its sequences. */
  readonly frames: number[];
  /** Movies and single pictures that have not come. */
  readonly names: string[];
  readonly last: number | null;
}

function arrivals({ images, before }: RenderNote, files: readonly ListedFile[]): Arrivals {
  const old = new Map(before.map((file) => [file.path, file]));
  const isNew = (file: ListedFile) => !isSame(old.get(file.name), file);
  const frames = new Set<number>();
  const names: string[] = [];
  const times: number[] = [];
  for (const image of images) {
    const fresh = new Map(filesOf(image, files).filter(([, file]) => isNew(file)));
    const inRange = [...fresh].filter(([frame]) => frame >= image.frames.first && frame <= image.frames.last);
    for (const [, file] of image.file === undefined ? inRange : fresh) times.push(file.mtimeMs);
    if (image.file !== undefined) {
      if (fresh.size === 0) names.push(image.file);
    } else for (const frame of missingFrames(image.frames, (one) => fresh.has(one))) frames.add(frame);
  }
  const last = times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
  return { frames: [...frames].sort((a, b) => a - b), names, last };
}

function filesOf(image: ExpectedImages, files: readonly ListedFile[]): [frame: number, file: ListedFile][] {
  if (image.file === undefined) return matches({ pattern: image.pattern }, files);
  const file = files.find(({ name }) => name === image.file);
  return file === undefined ? [] : [[image.frames.first, file]];
}

/**
 * Milliseconds by which two readings of one file's time may differ; some drives give other machines only whole seconds.
 */
const ROUNDING = 1;
const WHOLE_SECONDS = 1000;

function isSame(before: ManifestFile | undefined, { size, mtimeMs }: ListedFile): boolean {
  if (before === undefined || before.size !== size) return false;
  const coarse = [before.mtime, mtimeMs].filter((time) => time % WHOLE_SECONDS === 0).length === 1;
  return Math.abs(before.mtime - mtimeMs) < (coarse ? WHOLE_SECONDS : ROUNDING);
}

/** After so many settle times without an image, a render may have died. */
const PATIENCE = 120;
/** After so many times the longest pause between two images, a render may have died. */
const PAUSES = 4;

/** Since when no image has come, in monotonic milliseconds. */
export interface Waiting {
  /** Names everything that is waited for. */
  readonly key: string;
  readonly since: number;
  /** Longest time between two images. */
  readonly pause: number;
}

/** @param previous of the last look; null = nothing was waited for */
export function waitingOn({ standing, unmet }: Awaited, previous: Waiting | null, now: number): Waiting | null {
  if (standing.length === 0) return null;
  const key = JSON.stringify([standing.map(({ file, mtimeMs }) => [file, mtimeMs]), unmet.map(({ what }) => what)]);
  if (previous?.key === key) return previous;
  return { key, since: now, pause: previous === null ? 0 : Math.max(previous.pause, now - previous.since) };
}

/** Milliseconds without an image after which people hear that the render may have died. @param settle seconds */
export function patience(settle: number, { pause }: Pick<Waiting, 'pause'>): number {
  return Math.max(settle * 1000 * PATIENCE, pause * PAUSES);
}

/** @param at writes a time as people read it */
export function waitsFor({ unmet, running }: Awaited, at: (ms: number) => string): string {
  const [first] = unmet;
  const { note } = (first?.of ?? running) as StandingNote;
  const render = `the render of ${note.node} that began ${at(Date.parse(note.began))}`;
  if (first === undefined) return `writing: ${render} is still at work`;
  const more = unmet.length > 1 ? `, and for ${unmet.length - 1} more` : '';
  return `writing: waits for ${first.what} of ${render}${more}`;
}

const REMEDY =
  'render them again, send what is there from Houdini, or stop waiting with `cosmos clip withdraw` and its name';

/** The sentence about a render that may have died. */
export function waitsInVain({ of, what, plural, last }: Unmet, at: (ms: number) => string): string {
  const { node, began, clip } = of.note;
  const begun = at(Date.parse(began));
  const whose = clip === undefined ? what : `${what} of ${clip.name}`;
  const has = plural ? 'have' : 'has';
  if (of.process === 'ended')
    return `${whose} ${has} not come: what rendered ${node} ended during the render that began ${begun}; ${REMEDY}`;
  const since = last === null ? begun : at(last);
  return `${whose} ${has} not come since ${since}; the render of ${node} may have died: ${REMEDY}`;
}
