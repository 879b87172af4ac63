/**
 * What renders have announced and not brought yet. A file counts as new when it differs from what lay there before its
 * render began: size and time are compared with the same file's own, so no clock has to agree with another. Pure.
 *
 * A note is over when a manifest was written after it that agrees with every file, or when the process that rendered
 * ended without changing anything. A manifest of before then speaks for the clip again, and there is no new revision.
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
  /** What the note's `clip` says, as a manifest without files; null = the render has not ended, or nobody told. */
  readonly draft: ManifestReading | null;
  /** Of the process that ends the render; unknown = of another machine, none = the images come by themselves. */
  readonly process: 'alive' | 'ended' | 'unknown' | 'none';
}

/** One render whose images are not all there. */
export interface Unmet {
  readonly of: StandingNote;
  /** "frames 12-48", or the name of a movie. */
  readonly what: string;
  readonly plural: boolean;
  /** Milliseconds since 1970 at which the last image came, by the file system; null = none has. */
  readonly last: number | null;
}

export interface Awaited {
  readonly over: readonly StandingNote[];
  readonly standing: readonly StandingNote[];
  readonly unmet: readonly Unmet[];
  /** A render that somebody is going to end; null = none. */
  readonly running: StandingNote | null;
  /** What the clip will be, by the newest render; null = no render has said it. */
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

/** Milliseconds by which two views of one file's time may differ: a drive may tell another machine whole seconds only. */
const ROUNDING = 1;
const WHOLE_SECONDS = 1000;

function isSame(before: ManifestFile | undefined, { size, mtimeMs }: ListedFile): boolean {
  if (before === undefined || before.size !== size) return false;
  const coarse = [before.mtime, mtimeMs].filter((time) => time % WHOLE_SECONDS === 0).length === 1;
  return Math.abs(before.mtime - mtimeMs) < (coarse ? WHOLE_SECONDS : ROUNDING);
}

/** Multiple of the settle time after which a render that brings nothing may have died. */
const PATIENCE = 120;
/** The same, as a multiple of the longest pause between two images. */
const PAUSES = 4;

/** How long nothing has come: monotonic milliseconds, as `settle` sees them. */
export interface Waiting {
  /** What is waited for, as one text. */
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

/** Milliseconds without an image after which a wait is told as one that may be in vain. @param settle seconds */
export function patience(settle: number, { pause }: Pick<Waiting, 'pause'>): number {
  return Math.max(settle * 1000 * PATIENCE, pause * PAUSES);
}

/** @param at a time of the wall clock in words */
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

/** Of a wait that seems to be in vain. */
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
