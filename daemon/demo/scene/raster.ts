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
    let [top, bottom, first, last] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let k = start; k < start + size * 2; k += 2) {
      const x = corners[k] ?? 0;
      const y = corners[k + 1] ?? 0;
      if (x < first) first = x;
      if (x > last) last = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    const firstRow = Math.max(0, Math.ceil(top - sy));
    const endRow = Math.min(this.height, Math.ceil(bottom - sy));
    // Most triangles of a far wall lie between two samples: they end here.
    if (firstRow >= endRow || Math.ceil(first - sx) >= Math.ceil(last - sx)) return;
    for (let row = firstRow; row < endRow; row++) {
      this.left[row] = Infinity;
      this.right[row] = -Infinity;
    }
    for (let k = 0; k < size; k++) {
      const p = start + k * 2;
      const q = k + 1 === size ? start : p + 2;
      const x0 = (corners[p] ?? 0) - sx;
      const y0 = (corners[p + 1] ?? 0) - sy;
      const x1 = (corners[q] ?? 0) - sx;
      const y1 = (corners[q + 1] ?? 0) - sy;
      if (y0 < y1) this.walkEdge(x0, y0, x1, y1);
      else this.walkEdge(x1, y1, x0, y0);
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
