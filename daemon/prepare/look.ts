/** How the frames of a pass are drawn into its movie. */
import type { ClipManifest, DepthRange, PassName } from '../../schemas/index.js';
import type { PixelFormat } from '../media/frames.js';
import { type DepthFormat, type DepthLook, FloatDepth, IntegerDepth } from './depth.js';
import { type View, ViewDrawer, viewOf } from './exr-view.js';
import { Labels } from './labels.js';

/** Part of the cache key: everything that changes the picture must be in here. */
export type Look =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'labels' }
  | ({ readonly kind: 'depth' } & DepthLook);

export interface LookFacts {
  readonly color: ClipManifest['color'];
  /** As the manifest has it; undefined = nobody said anything. */
  readonly depth: DepthRange | undefined;
  /** Fixed for the project; the manifest's own win. */
  readonly project: { readonly near?: number; readonly far?: number };
}

/** @throws CosmosError encode_failed for a colour space or view that is not available. */
export function lookOf(pass: PassName, source: 'exr' | 'image' | 'movie', facts: LookFacts): Look {
  switch (pass) {
    case 'color':
    case 'vis':
      return { kind: 'view', view: viewOf(facts.color, source === 'exr') };
    case 'seg':
      return source === 'exr' ? { kind: 'labels' } : { kind: 'view', view: 'asIs' };
    case 'edge':
      return { kind: 'view', view: 'asIs' }; // labels and lines are data: a curve would change them
    case 'depth':
      return depthLook(source, facts);
  }
}

/** A depth movie without a word from a manifest is taken as the finished control; images are renders. */
function depthLook(source: 'exr' | 'image' | 'movie', { depth, project }: LookFacts): Look {
  if (source === 'movie' && depth === undefined) return { kind: 'view', view: 'asIs' };
  const polarity = depth?.polarity ?? 'near-dark';
  return { kind: 'depth', polarity, near: depth?.near ?? project.near, far: depth?.far ?? project.far };
}

/** Raw frame -> frame of the movie, for frames of one format. */
export interface Drawing {
  readonly format: 'rgb24' | 'gray';
  /** Absent = one reading is enough. */
  readonly measure?: (frame: Buffer) => void;
  readonly draw: (frame: Buffer) => Buffer;
}

/** The format in which integer images are to be read for this look. */
export function integersFor(look: Look): 'rgb24' | 'gray16le' {
  return look.kind === 'depth' ? 'gray16le' : 'rgb24';
}

export function drawingOf(look: Look, format: PixelFormat): Drawing {
  switch (look.kind) {
    case 'depth':
      return depthDrawing(look, format);
    case 'labels':
      return format === 'grayf32le' ? labelDrawing() : viewDrawing('asIs', format);
    case 'view':
      return viewDrawing(look.view, format);
  }
}

function labelDrawing(): Drawing {
  const labels = new Labels();
  return { format: 'rgb24', measure: (frame) => labels.measure(frame), draw: (frame) => labels.draw(frame) };
}

function depthDrawing(look: DepthLook, format: PixelFormat): Drawing {
  const depth: DepthFormat = format === 'gray16le' ? new IntegerDepth(look) : new FloatDepth(look);
  const values = format === 'gbrpf32le' ? firstPlane : (frame: Buffer) => frame;
  return {
    format: 'gray',
    measure: (frame) => depth.measure(values(frame)),
    draw: (frame) => depth.draw(values(frame)),
  };
}

/** Depth in three equal channels: one of them is enough. */
function firstPlane(frame: Buffer): Buffer {
  return frame.subarray(0, frame.length / 3);
}

function viewDrawing(view: View, format: PixelFormat): Drawing {
  const drawer = new ViewDrawer(view);
  switch (format) {
    case 'gbrpf32le':
      return { format: 'rgb24', draw: (frame) => drawer.rgb(frame) };
    case 'grayf32le':
      return { format: 'gray', draw: (frame) => drawer.gray(frame) };
    case 'rgb24':
      return { format: 'rgb24', draw: view === 'asIs' ? (frame) => frame : (frame) => drawer.bytes(frame) };
    case 'gray':
    case 'gray16le':
      throw new Error(`pictures are not read as ${format}`);
  }
}
