/** Listings, manifests and probes of a small clip, and what settle() makes of them. */
import type { FileProbe, Probes } from '../../daemon/watch/checks.js';
import type { ListedFile } from '../../daemon/watch/listing.js';
import type { ManifestReading } from '../../daemon/watch/manifest.js';
import { NameReader } from '../../daemon/watch/names.js';
import type { Renders } from '../../daemon/watch/render-notes.js';
import { type ClipSnapshot, type Readiness, settle } from '../../daemon/watch/settle.js';
import { ClipManifest } from '../../schemas/index.js';
import { aliases } from './watching.js';

const reader = new NameReader(aliases);
/** Milliseconds. */
export const WRITTEN = 1_000_000;

export function file(name: string, more: Partial<ListedFile> = {}): ListedFile {
  return { name, size: 100, mtimeMs: WRITTEN, problem: null, ...more };
}

export function sequence(pass: string, first: number, last: number, more: Partial<ListedFile> = {}): ListedFile[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    return file(`${pass}.${String(first + index).padStart(4, '0')}.png`, more);
  });
}

export const without = (files: ListedFile[], ...names: string[]) => files.filter(({ name }) => !names.includes(name));

const good: FileProbe = { width: 1280, height: 720, layers: [], problem: null, notes: [], frames: null, fps: null };

/** Everything was probed and is good, but for what is given by file name. */
export function probed(odd: Readonly<Record<string, Partial<FileProbe>>> = {}, undecodable: string[] = []): Probes {
  return {
    header: ({ name }) => ({ ...good, ...odd[name] }),
    decoded: ({ name }) => ({ problem: undecodable.includes(name) ? 'cannot be read: invalid data' : null, notes: [] }),
    isHeld: () => false,
  };
}

const noRenders: Renders = { notes: [], problem: null, at: (ms) => new Date(ms).toISOString().slice(11, 16) };

export const nothingAsked: Probes = { header: () => undefined, decoded: () => undefined, isHeld: () => false };

export function manifestOf(files: readonly ListedFile[], more: object = {}): ManifestReading {
  const manifest = ClipManifest.parse({
    schema: 'cosmos-clip/1',
    name: 'street',
    passes: { color: { pattern: 'color.####.png' }, depth: { pattern: 'depth.####.png' } },
    frames: { first: 1, last: 24 },
    fps: 24,
    width: 1280,
    height: 720,
    files: files.map(({ name, size, mtimeMs }) => ({ path: name, size, mtime: mtimeMs })),
    ...more,
  });
  return { kind: 'read', manifest, below: [] };
}

/** Looks at the files first when they appear, then after `quiet` seconds of a settle time of 5. */
export function after(quiet: number, files: readonly ListedFile[], more: Partial<ClipSnapshot> = {}): Readiness {
  const look: ClipSnapshot = {
    files,
    manifest: { kind: 'none' },
    manifestFile: null,
    renders: noRenders,
    passFolders: new Map(),
    movie: null,
    previous: null,
    known: null,
    probes: probed(),
    reader,
    now: 50_000,
    settle: 5,
    age: 0,
    ...more,
  };
  const first = settle(look);
  return settle({ ...look, previous: first.observation, now: look.now + quiet * 1000 });
}

export function blank(): ClipSnapshot {
  const known = { manifest: { kind: 'none' as const }, manifestFile: null, movie: null, previous: null, known: null };
  return {
    ...known,
    renders: noRenders,
    passFolders: new Map(),
    files: [],
    probes: probed(),
    reader,
    now: 50_000,
    settle: 5,
    age: 0,
  };
}

export const whole = [...sequence('color', 1, 24), ...sequence('depth', 1, 24)];
export const manifestFile = file('cosmos-clip.json', { mtimeMs: WRITTEN + 10 });
export const signed = { manifest: manifestOf(whole), manifestFile };
