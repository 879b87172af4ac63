/**
 * Decides whether a clip is finished, by comparing a snapshot of its files with the one before. Pure: the caller gives
 * the time, and finds the answers to open questions (`wants`).
 *
 *   what the files are like                        | quiet < 1/5 settle | quiet < settle | quiet >= settle
 *   ----------------------------------------------- | ------------------ | -------------- | --------------------
 *   a render has noted images that have not come    | writing            | writing        | writing, incomplete when
 *                                                  |                    |                | nothing came for long
 *   manifest withdrawn by an older plugin           | writing            | writing        | writing, incomplete when
 *                                                  |                    |                | nothing came for long
 *   manifest lists them all, sizes and times agree | ready              | ready          | ready
 *   content of the last ready revision             | ready              | ready          | ready
 *   manifest older than a file                     | writing            | settling       | as without manifest
 *   whole: no gap, equal counts                    | writing            | settling       | ready if the checks
 *                                                  |                    |                | pass, else incomplete
 *   a hole, a missing pass, a link that leads out  | writing            | settling       | incomplete
 *   root not there (decided by watched-root.ts)    | offline            | offline        | offline
 *
 * Quiet is measured by our monotonic clock, because copies keep old times and other machines have other clocks.
 * A clip that grew frame by frame needs quiet for longer than its frames were apart (growth.ts).
 * Waiting states already say what is missing; `incomplete` means that waiting longer would change nothing.
 * A clip that is ready by this table is announced as ready only when its submit would succeed (clip-folder.ts).
 * The checks read headers and end markers of all images and decode the first and last frame of each pass; a manifest
 * that agrees makes them unnecessary, because it was written after the last byte.
 */
import { MANIFEST_FILE, type PassName } from '../../schemas/index.js';
import { absent, disagreement } from './agreement.js';
import {
  type Answer,
  abandoned,
  checking,
  incomplete,
  ready,
  rendering,
  waiting,
  waitingFor,
  writtenByOthers,
} from './answer.js';
import {
  type Awaited,
  awaited,
  patience,
  type StandingNote,
  type Waiting,
  waitingOn,
  waitsFor,
  waitsInVain,
} from './awaited.js';
import { commonStep, stepNote } from './cadence.js';
import type { Probes } from './checks.js';
import { contentKey } from './content-key.js';
import { fileWarnings } from './file-warnings.js';
import { type Growth, grown, quietNeeded } from './growth.js';
import { leftoverWarnings } from './leftover.js';
import { HELD_PROBLEM, type ListedFile } from './listing.js';
import type { ManifestReading } from './manifest.js';
import { isMedia, type NameReader } from './names.js';
import { contentProblems, LEAST_SIZE, structureProblems, wantedChecks } from './problems.js';
import type { Renders } from './render-notes.js';
import { rerenderWarnings } from './rerender.js';
import { makeShape, type Shape, shapeOfMovie } from './shape.js';
import { shapeFromManifest } from './shape-from-manifest.js';
import { shapeFromNames } from './shape-from-names.js';
import { unreadSentences } from './unread.js';

/** Since when the content has not changed; monotonic milliseconds. */
export interface Observation {
  readonly key: string;
  readonly since: number;
  /** null = it had holes in every look. */
  readonly growth: Growth | null;
  /** null = no render is waited for. */
  readonly waiting: Waiting | null;
}

export interface ClipSnapshot {
  /** The files in the folder, without our own. */
  readonly files: readonly ListedFile[];
  readonly manifest: ManifestReading;
  readonly manifestFile: ListedFile | null;
  /** The notes of renders in the folder. */
  readonly renders: Renders;
  /**
   * Folders below the clip that hold a pass each (discover.ts), relative to it; the manifest, where there is one, says.
   */
  readonly passFolders: ReadonlyMap<string, PassName>;
  /** The movie that is the whole clip (flat folders); null = the folder is the clip. */
  readonly movie: string | null;
  readonly previous: Observation | null;
  /** Content key of the last ready revision. */
  readonly known: string | null;
  readonly probes: Probes;
  readonly reader: NameReader;
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Seconds of quiet that count as finished. */
  readonly settle: number;
  /** Milliseconds since the newest change, when a person named the clip and so vouches that it is finished; else 0. */
  readonly age: number;
}

export interface Readiness extends Answer {
  readonly warnings: readonly string[];
  readonly observation: Observation;
  readonly shape: Shape;
  /**
   * `over`: notes of renders that no longer count. `standing`: those that do; once the clip is ready, their images are
   * there.
   */
  readonly over: readonly StandingNote[];
  readonly standing: readonly StandingNote[];
}

export function settle(asked: ClipSnapshot): Readiness {
  const signed = signedAt(asked);
  const told = awaited(asked.renders.notes, asked.files, signed);
  const wait = waitingOn(told, asked.previous?.waiting ?? null, asked.now);
  const isIdle = signed !== null && hasBroughtNothing(told) && isInVain(asked, wait);
  const expected = isIdle ? { ...told, standing: [], unmet: [], running: null, draft: null } : told;
  const snapshot = expected.draft === null ? asked : { ...asked, manifest: expected.draft, manifestFile: null };
  const shape = shapeOf(snapshot);
  const problems = [...manifestProblems(snapshot, shape), ...structureProblems(shape)];
  const observation = observe(snapshot, shape, problems.length === 0, wait);
  const stale = staleManifest(snapshot, shape);
  const { over, standing } = expected;
  const idle = isIdle ? told.unmet.map((one) => waitsInVain(one, snapshot.renders.at)) : [];
  const base = { observation, shape, over, standing, warnings: [...idle, ...warningsOf(shape, snapshot.probes)] };

  if (snapshot.manifest.kind === 'withdrawn') return { ...base, ...withdrawn(snapshot, observation) };
  if (snapshot.renders.problem !== null) return { ...base, ...incomplete([snapshot.renders.problem]) };
  const rendered = late(snapshot, expected, observation);
  if (rendered !== null) return { ...base, ...rendered };
  const held = snapshot.files.filter((file) => file.problem === HELD_PROBLEM || snapshot.probes.isHeld(file));
  if (held.length > 0) return { ...base, ...writtenByOthers(held, snapshot.now) };
  if (shape.unread !== null)
    return { ...base, ...checking([{ file: shape.unread, check: 'header', pass: 'color', layer: null }]) };
  if (problems.length === 0 && expected.draft === null && isTrusted(snapshot, observation, stale))
    return { ...base, ...ready };
  const quiet = snapshot.now - observation.since;
  const needed = quietNeeded(snapshot.settle, problems.length === 0 ? observation.growth : null, stepToWaitFor(shape));
  if (quiet < needed * 1000) return { ...base, ...waiting(snapshot.now, quiet, needed, waitingFor(problems, stale)) };
  if (problems.length > 0) return { ...base, ...incomplete(problems) };
  const wants = wantedChecks(shape, snapshot.probes);
  if (wants.length > 0) return { ...base, ...checking(wants) };
  const found = contentProblems(shape, snapshot.probes);
  return { ...base, ...(found.length > 0 ? incomplete(found) : ready) };
}

function warningsOf(shape: Shape, probes: Probes): string[] {
  return [
    ...shape.warnings,
    ...stepNote(shape),
    ...rerenderWarnings(shape),
    ...leftoverWarnings(shape),
    ...fileWarnings(shape, probes),
  ];
}

/** A manifest gives the step; without one, the frames between may still be on their way. */
function stepToWaitFor(shape: Shape): number {
  return shape.range === null ? commonStep(shape) : 1;
}

/** Milliseconds between two looks for the process that renders. */
const ALIVE_MS = 2000;

function isInVain({ now, settle }: ClipSnapshot, waiting: Waiting | null): boolean {
  return waiting !== null && now >= waiting.since + patience(settle, waiting);
}

/** A render that took the manifest away and died never writes a new one. */
function withdrawn({ now, settle }: ClipSnapshot, { since, growth }: Observation): Answer {
  const inVainAt = since + patience(settle, { pause: growth?.pause ?? 0 });
  return now < inVainAt ? { ...rendering, recheckAt: inVainAt } : abandoned;
}

/** Perhaps the render was cancelled: the manifest is still valid, and the notes stay in case that a file changes. */
function hasBroughtNothing({ unmet }: Awaited): boolean {
  return unmet.length > 0 && unmet.every(({ last }) => last === null);
}

/** The answer while images are missing; null = none is missing. */
function late({ now, settle, renders }: ClipSnapshot, expected: Awaited, { waiting }: Observation): Answer | null {
  const [first] = expected.unmet;
  if (waiting === null || (first === undefined && expected.running === null)) return null;
  const inVainAt = waiting.since + patience(settle, waiting);
  const isAlive = expected.standing.some(({ process }) => process === 'alive');
  const isDead = first?.of.process === 'ended';
  const recheckAt = isAlive ? now + ALIVE_MS : null;
  if (now < inVainAt && !isDead) {
    const reason = waitsFor(expected, renders.at);
    return { state: 'writing', reason, wants: [], recheckAt: recheckAt ?? inVainAt };
  }
  if (first === undefined) return null; // all images are there, although the render never reported its end
  return { state: 'incomplete', reason: waitsInVain(first, renders.at), wants: [], recheckAt };
}

function shapeOf({ movie, manifest, files, reader, probes, passFolders }: ClipSnapshot): Shape {
  if (movie !== null) {
    const file = files.find(({ name }) => name === movie);
    return file === undefined ? makeShape([]) : shapeOfMovie(file);
  }
  if (manifest.kind === 'read') return shapeFromManifest(files, manifest.manifest);
  return shapeFromNames(files, reader, (file) => probes.header(file), passFolders);
}

/** Time of a manifest that agrees with every file; null = there is none. */
function signedAt({ manifest, manifestFile, files, renders }: ClipSnapshot): number | null {
  if (renders.notes.length === 0 || manifest.kind !== 'read' || manifestFile === null) return null;
  const { inputs } = shapeFromManifest(files, manifest.manifest);
  const agrees =
    disagreement(manifest.manifest, manifestFile, inputs) === null && absent(manifest.manifest, files).length === 0;
  return agrees ? manifestFile.mtimeMs : null;
}

function observe(
  { previous, manifestFile, now, age }: ClipSnapshot,
  shape: Shape,
  isWhole: boolean,
  waiting: Waiting | null,
): Observation {
  const key = contentKey(manifestFile === null ? shape.inputs : [...shape.inputs, manifestFile]);
  if (previous?.key === key) return { ...previous, waiting };
  const growth = previous?.growth ?? null;
  return { key, since: now - age, growth: isWhole ? grown(growth, shape.passes, now) : growth, waiting };
}

/** No waiting for files that the manifest confirms, or for content that was ready before. */
function isTrusted({ manifest, known }: ClipSnapshot, { key }: Observation, stale: string | null): boolean {
  return key === known || (manifest.kind === 'read' && stale === null);
}

function manifestProblems({ manifest, files }: ClipSnapshot, shape: Shape): string[] {
  if (manifest.kind === 'wrong') return [manifest.problem];
  const nothing = shape.passes.length === 0 && shape.problems.length === 0 && shape.unread === null;
  if (manifest.kind !== 'read') return nothing ? [noPasses(files)] : [];
  if (nothing) return [`${MANIFEST_FILE}: passes: names no pass`];
  const { width, height } = manifest.manifest;
  if (Math.min(width, height) < LEAST_SIZE) return [`${MANIFEST_FILE}: ${width}x${height} is too small for a video`];
  return structureProblems(shape).length > 0 ? [] : absent(manifest.manifest, files); // a hole has a better sentence
}

function noPasses(files: readonly ListedFile[]): string {
  const media = files.filter(({ name }) => isMedia(name)).map(({ name }) => name);
  const [first] = media;
  const unread = unreadSentences(files.map(({ name }) => name));
  if (first === undefined && unread.length > 0) return `no passes found: ${unread.join('; ')}`;
  if (first === undefined) return 'empty folder: no passes found; expected files like color.0001.png';
  const found = media.length === 1 ? first : `${first} and ${media.length - 1} more`;
  return `no passes found in ${found}; expected files like color.0001.png`;
}

function staleManifest({ manifest, manifestFile }: ClipSnapshot, shape: Shape): string | null {
  if (manifest.kind !== 'read' || manifestFile === null) return null;
  return disagreement(manifest.manifest, manifestFile, shape.inputs);
}
