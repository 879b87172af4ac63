/** The rasteriser: polygons into a buffer that knows, for every pixel, the nearest triangle and how near it is. */
import type { Polygons } from './polygons.js';

/** No triangle: sky. */
export const NOTHING = -1;

export class Raster {
  /** 0 = nothing; see Polygons for the unit. */
  readonly nearness: Float32Array;
  readonly triangle: Int32Array;
  private readonly left: Float64Array;
  private readonly right: Float64Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.nearness = new Float32Array(width * height);
    this.triangle = new Int32Array(width * height);
    this.left = new Float64Array(height);
    this.right = new Float64Array(height);
  }

  /** Draws all, sampling each pixel at its middle shifted by (dx, dy) pixels. */
  draw(polygons: Polygons, dx = 0, dy = 0): void {
    this.nearness.fill(0);
    this.triangle.fill(NOTHING);
    for (let i = 0; i < polygons.count; i++) this.drawPolygon(polygons, i, dx + 0.5, dy + 0.5);
  }

  /**
   * A pixel belongs to the polygon when its sample lies inside, or on a left or upper border: neighbours that share
   * two corners neither overlap nor leave a gap, as both walk the shared edge from its upper corner.
   */
  private drawPolygon(polygons: Polygons, index: number, sx: number, sy: number): void {
    const { corners, planes } = polygons;
    const size = polygons.sizes[index] ?? 0;
    const start = index * 8;
    let [top, bottom] = [Infinity, -Infinity];
    for (let k = 0; k < size; k++) {
      const y = (corners[start + k * 2 + 1] ?? 0) - sy;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    const firstRow = Math.max(0, Math.ceil(top));
    const endRow = Math.min(this.height, Math.ceil(bottom));
    if (firstRow >= endRow) return;
    this.left.fill(Infinity, firstRow, endRow);
    this.right.fill(-Infinity, firstRow, endRow);
    for (let k = 0; k < size; k++) {
      const [p, q] = [start + k * 2, start + ((k + 1) % size) * 2];
      const [x0, y0, x1, y1] = [corners[p] ?? 0, corners[p + 1] ?? 0, corners[q] ?? 0, corners[q + 1] ?? 0];
      if (y0 < y1) this.walkEdge(x0 - sx, y0 - sy, x1 - sx, y1 - sy);
      else this.walkEdge(x1 - sx, y1 - sy, x0 - sx, y0 - sy);
    }
    const [a, b, c] = [planes[index * 3] ?? 0, planes[index * 3 + 1] ?? 0, planes[index * 3 + 2] ?? 0];
    const origin = c + a * sx + b * sy;
    const triangle = polygons.triangles[index] ?? NOTHING;
    for (let row = firstRow; row < endRow; row++) this.fillRow(row, a, origin + b * row, triangle);
  }

  /** From the upper corner down. */
  private walkEdge(x0: number, y0: number, x1: number, y1: number): void {
    const slope = (x1 - x0) / (y1 - y0);
    const end = Math.min(this.height, Math.ceil(y1));
    for (let row = Math.max(0, Math.ceil(y0)); row < end; row++) {
      const x = x0 + (row - y0) * slope;
      if (x < (this.left[row] ?? 0)) this.left[row] = x;
      if (x > (this.right[row] ?? 0)) this.right[row] = x;
    }
  }

  private fillRow(row: number, step: number, atZero: number, triangle: number): void {
    const { nearness, triangle: owner, width } = this;
    const from = Math.max(0, Math.ceil(this.left[row] ?? 0));
    const end = Math.min(width, Math.ceil(this.right[row] ?? 0));
    for (let x = from, i = row * width + from; x < end; x++, i++) {
      const value = atZero + step * x;
      if (value > (nearness[i] ?? 0)) {
        nearness[i] = value;
        owner[i] = triangle;
      }
    }
  }
}
