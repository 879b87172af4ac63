/** Prints clips: a row of the list, and one clip in detail. */
import type { Clip } from '../../../schemas/received.js';
import { ago, bytes, NONE, size } from './amounts.js';
import { type Colors, paintClipState } from './colors.js';
import type { Fields } from './key-values.js';
import type { Column } from './table.js';

export function clipColumns(colors: Colors): Column<Clip>[] {
  return [
    { head: 'ID', cell: (clip) => clip.id },
    { head: 'NAME', cell: (clip) => clip.name, atLeast: 12 },
    { head: 'STATE', cell: (clip) => paintClipState(colors, clip.state) },
    { head: 'PASSES', cell: (clip) => clip.passes.join(' ') },
    { head: 'FRAMES', cell: (clip) => String(clip.frames), align: 'right' },
    { head: 'SIZE', cell: (clip) => size(clip.width, clip.height), align: 'right' },
    { head: 'FPS', cell: (clip) => (clip.fps === null ? NONE : String(round(clip.fps))), align: 'right' },
    { head: 'REV', cell: (clip) => String(clip.revision), align: 'right' },
    { head: 'REASON', cell: reasonOf, atLeast: 20, wrap: 'words' },
  ];
}

function reasonOf(clip: Clip): string {
  if (clip.reason !== '') return clip.reason;
  return clip.warnings[0] ?? (clip.existing ? 'was already there when its folder was first watched' : '');
}

/** `now` in milliseconds since 1970. */
export function clipFields(clip: Clip, { colors, now }: { colors: Colors; now: number }): Fields {
  return {
    Clip: clip.id,
    Name: clip.name,
    State: paintClipState(colors, clip.state),
    Reason: clip.reason,
    Warnings: clip.warnings,
    Path: clip.path,
    Watched: clip.root === clip.path ? 'no, registered by hand' : clip.root,
    Passes: clip.passes.map((pass) => `${pass.padEnd(5)}  ${colors.dim(sourceOf(clip, pass))}`),
    Frames: frames(clip),
    Size: size(clip.width, clip.height),
    Rate: clip.fps === null ? null : `${round(clip.fps)} frames per second`,
    Bytes: bytes(clip.bytes),
    Revision: clip.revision === 0 ? 'never ready yet' : String(clip.revision),
    Manifest: clip.hasManifest ? 'yes' : 'no, read from the file names',
    Prompt: (clip.manifest?.wanted?.prompt ?? clip.promptFile)?.split('\n') ?? null,
    Spec: clip.specFile,
    Updated: ago(clip.updatedAt, now),
  };
}

function sourceOf(clip: Clip, pass: Clip['passes'][number]): string {
  const sources: Readonly<Record<string, Clip['sources']['color']>> = clip.sources;
  const source = sources[pass];
  const layer = source?.layer === undefined ? '' : ` layer ${source.layer}`;
  return `${source?.pattern ?? source?.file ?? ''}${layer}`;
}

function frames({ frames, range }: Clip): string {
  if (range === null) return String(frames);
  const steps = range.step === 1 ? '' : ` in steps of ${range.step}`;
  return `${frames} (${range.first} to ${range.last}${steps})`;
}

function round(fps: number): number {
  return Math.round(fps * 1000) / 1000;
}
