/** The messages between the exporter and its thread. */
import type { DemoPass } from './scene/png.js';
import type { SceneOptions } from './scene/scene.js';

export type ExportFormat = 'png' | 'exr';

export interface ExportOrder extends SceneOptions {
  /** Folder of the clip; made with the first file. */
  readonly folder: string;
  /** png: a file a pass; exr: one multi-part file a frame, as Karma writes it. */
  readonly format: ExportFormat;
  /** The file that is written only when asked for; of an EXR the whole frame. */
  readonly late: { readonly pass: DemoPass; readonly frame: number };
}

export type FromExport =
  | { readonly kind: 'scene'; readonly triangles: number }
  | { readonly kind: 'frame'; readonly frame: number }
  /** Everything is written but the late file. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'done' };

export type ToExport = { readonly kind: 'write frames' } | { readonly kind: 'write late file' };

/** "depth.0012.png": the names that a manifest-less clip is recognised by. */
export function frameName(pass: DemoPass, frame: number): string {
  return `${pass}.${String(frame).padStart(4, '0')}.png`;
}

/** "city.0012.exr": its passes are its parts. */
export function exrName(frame: number): string {
  return `city.${String(frame).padStart(4, '0')}.exr`;
}
