/** The ground a building stands on, and what kind of building it is. */
import type { Rgb, Texture } from './surface.js';

export interface Lot {
  /** Ground rectangle, metres. */
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** The side that looks at the street. */
  readonly front: 'east' | 'west' | 'south';
  readonly floors: number;
  readonly color: Rgb;
  readonly texture: Texture;
  readonly fireEscape: boolean;
  /** 1 near the camera; less makes larger cells. */
  readonly detail: number;
}
