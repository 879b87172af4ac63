/** How the frames of a pass are drawn into its movie. */
import type { ClipManifest, DepthRange, PassName } from '../../../schemas/index.js';
import type { FrameFormat } from '../../media/frames.js';
import type { Chromaticities } from '../exr/header.js';
import { type DepthFormat, type DepthStyle, FloatDepth, type SourceReport } from './depth.js';
import { type ColorView, ViewDrawer, viewOf } from './exr-view.js';
import { IntegerDepth } from './integer-depth.js';
import { asFloats, IntegerView } from './integers.js';
import { Labels } from './labels.js';

/** Part of the cache key: everything that changes the picture must be in here. */
export type DrawStyle =
  | ({ readonly kind: 'view' } & ColorView)
  | { readonly kind: 'labels' }
  | ({ readonly kind: 'depth' } & DepthStyle);

export interface StyleFacts {
  readonly color: ClipManifest['color'];
  /** From the manifest; undefined = the manifest does not say. */
  readonly depth: DepthRange | undefined;
  /** Settings of the project; values of the manifest win. */
  readonly project: { readonly near?: number; readonly far?: number };
}

/** @throws CosmosError encode_failed for a colour space or view that is not available. */
export function drawStyleOf(pass: PassName, source: 'exr' | 'image' | 'movie', facts: StyleFacts): DrawStyle {
  switch (pass) {
    case 'color':
    case 'vis':
      return { kind: 'view', ...viewOf(facts.color, source === 'exr') };
    case 'seg':
      return source === 'exr' ? { kind: 'labels' } : { kind: 'view', view: 'asIs' };
    case 'edge':
      return { kind: 'view', view: 'asIs' }; // labels and lines are data: a curve would change them
    case 'depth':
      return depthStyle(source, facts);
  }
}

/** A depth movie without manifest data is used as the finished control; images are treated as renders. */
function depthStyle(source: 'exr' | 'image' | 'movie', { depth, project }: StyleFacts): DrawStyle {
  if (source === 'movie' && depth === undefined) return { kind: 'view', view: 'asIs' };
  const polarity = depth?.polarity ?? 'near-dark';
  return { kind: 'depth', polarity, near: depth?.near ?? project.near, far: depth?.far ?? project.far };
}

/** Raw frame -> frame of the movie, for frames of one format. */
export interface Drawing {
  readonly format: 'rgb24' | 'gray';
  /** Called with every frame before the first is drawn; absent = not needed. */
  readonly measure?: (frame: Buffer) => void;
  readonly draw: (frame: Buffer) => Buffer;
  /** Facts about the source, once all frames were drawn; absent = the drawn frames show them. */
  readonly report?: () => SourceReport;
}

/** The format in which integer images are to be read for this style. */
export function integersFor(style: DrawStyle): 'rgb24' | 'gray16le' {
  return style.kind === 'depth' ? 'gray16le' : 'rgb24';
}

/** @param primaries that the source itself names; those of the style win. */
export function drawingOf(style: DrawStyle, format: FrameFormat, primaries: Chromaticities | null = null): Drawing {
  switch (style.kind) {
    case 'depth':
      return depthDrawing(style, format);
    case 'labels':
      return labelDrawing(format);
    case 'view':
      return viewDrawing(style, format, primaries);
  }
}

function labelDrawing(format: FrameFormat): Drawing {
  switch (format) {
    case 'grayf32le':
    case 'gbrpf32le':
    case 'grayu32le':
    case 'gbrpu32le':
      return measured('rgb24', new Labels(format));
    case 'rgb24':
    case 'gray':
    case 'gray16le':
      return viewDrawing({ view: 'asIs' }, format, null);
  }
}

function depthDrawing(style: DepthStyle, format: FrameFormat): Drawing {
  switch (format) {
    case 'gray16le':
      return measured('gray', new IntegerDepth(style));
    case 'grayf32le':
      return measured('gray', new FloatDepth(style));
    case 'gbrpf32le':
      return measured('gray', new FloatDepth(style), firstPlane);
    case 'grayu32le':
      return measured('gray', new FloatDepth(style), asFloats);
    case 'gbrpu32le':
      return measured('gray', new FloatDepth(style), (frame) => asFloats(firstPlane(frame)));
    case 'rgb24':
    case 'gray':
      throw new Error(`depth is not read as ${format}`);
  }
}

/** Depth in three equal channels: one of them is enough. */
function firstPlane(frame: Buffer): Buffer {
  return frame.subarray(0, frame.length / 3);
}

function viewDrawing(style: ColorView, format: FrameFormat, primaries: Chromaticities | null): Drawing {
  const drawer = new ViewDrawer(style.view, style.primaries ?? primaries);
  switch (format) {
    case 'gbrpf32le':
      return { format: 'rgb24', draw: (frame) => drawer.rgb(frame) };
    case 'grayf32le':
      return { format: 'gray', draw: (frame) => drawer.gray(frame) };
    case 'rgb24':
      return { format: 'rgb24', draw: style.view === 'asIs' ? (frame) => frame : (frame) => drawer.bytes(frame) };
    case 'gbrpu32le':
      return measured('rgb24', new IntegerView(3));
    case 'grayu32le':
      return measured('gray', new IntegerView(1));
    case 'gray':
    case 'gray16le':
      throw new Error(`pictures are not read as ${format}`);
  }
}

/** A drawing that measures all frames before it draws the first. */
function measured(format: Drawing['format'], it: DepthFormat, values = (frame: Buffer) => frame): Drawing {
  return {
    format,
    measure: (frame) => it.measure(values(frame)),
    draw: (frame) => it.draw(values(frame)),
    report: () => it.report(),
  };
}
