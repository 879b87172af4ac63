/** Walls and slabs: flat, thick, with openings, and bitten by damage along marching-squares contours. */
import type { MeshBuilder } from './mesh.js';
import type { Surface } from './surface.js';
import { add, cross, type Frame, at as place, scale, type Vec } from './vector.js';

export interface Panel {
  readonly origin: Vec;
  /** Unit directions of width and height; the front looks along u x v. */
  readonly u: Vec;
  readonly v: Vec;
  /** Metres. */
  readonly width: number;
  readonly height: number;
  readonly thickness: number;
  /** Wanted size of a cell, metres: how fine the broken border is. */
  readonly cell: number;
  readonly front: Surface;
  readonly back: Surface;
  /** The broken or cut thickness. */
  readonly rim: Surface;
  /** Metres of matter left at a point; negative = gone. */
  readonly left: (point: Vec) => number;
  /** Whether (u, v) metres lies in a window or door. */
  readonly opening?: (u: number, v: number) => boolean;
}

export function addPanel(mesh: MeshBuilder, panel: Panel): void {
  new PanelCutter(mesh, panel).cut();
}

type Cell = 'full' | 'partial' | 'empty';

/** A corner of an outline, in cells; `leaves`: here the outline begins to follow the contour of the damage. */
interface Corner {
  readonly at: readonly [column: number, row: number];
  readonly leaves: boolean;
}

class PanelCutter {
  private readonly frame: Frame;
  private readonly columns: number;
  private readonly rows: number;
  private readonly field: Float64Array;
  private readonly cells: Cell[] = [];
  private readonly du: number;
  private readonly dv: number;

  constructor(
    private readonly mesh: MeshBuilder,
    private readonly panel: Panel,
  ) {
    this.frame = { origin: panel.origin, u: panel.u, v: panel.v, w: cross(panel.u, panel.v) };
    this.columns = Math.max(1, Math.round(panel.width / panel.cell));
    this.rows = Math.max(1, Math.round(panel.height / panel.cell));
    this.du = panel.width / this.columns;
    this.dv = panel.height / this.rows;
    this.field = this.sampleField();
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) this.cells.push(this.classify(column, row));
    }
  }

  cut(): void {
    this.addMergedCells();
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        const cell = this.cellAt(column, row);
        if (cell === 'partial') this.addPartial(column, row);
        if (cell === 'full') this.addRims(column, row);
      }
    }
  }

  private sampleField(): Float64Array {
    const field = new Float64Array((this.columns + 1) * (this.rows + 1));
    for (let row = 0; row <= this.rows; row++) {
      for (let column = 0; column <= this.columns; column++) {
        const point = place(this.frame, column * this.du, row * this.dv, -this.panel.thickness / 2);
        field[row * (this.columns + 1) + column] = this.panel.left(point);
      }
    }
    return field;
  }

  private corner(column: number, row: number): number {
    return this.field[row * (this.columns + 1) + column] ?? -1;
  }

  private classify(column: number, row: number): Cell {
    if (this.panel.opening?.((column + 0.5) * this.du, (row + 0.5) * this.dv) === true) return 'empty';
    const solid = CORNERS.filter(([c, r]) => this.corner(column + c, row + r) > 0).length;
    if (solid === 4) return 'full';
    return solid === 0 ? 'empty' : 'partial';
  }

  private cellAt(column: number, row: number): Cell | undefined {
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return undefined;
    return this.cells[row * this.columns + column];
  }

  /** Covers the full cells with few large rectangles: as wide as possible, then as high as that width goes. */
  private addMergedCells(): void {
    const done = new Uint8Array(this.cells.length);
    const free = (column: number, row: number) =>
      this.cellAt(column, row) === 'full' && done[row * this.columns + column] === 0;
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        if (!free(column, row)) continue;
        let right = column + 1;
        while (free(right, row)) right++;
        let top = row + 1;
        while (rowIsFree(free, column, right, top)) top++;
        for (let r = row; r < top; r++) done.fill(1, r * this.columns + column, r * this.columns + right);
        this.addFaces([
          [column, row],
          [right, row],
          [right, top],
          [column, top],
        ]);
      }
    }
  }

  /** Front and back of a convex outline given in cells. */
  private addFaces(outline: readonly (readonly [number, number])[]): void {
    const { mesh, panel } = this;
    mesh.polygon(
      outline.map(([c, r]) => this.point(c, r, 0)),
      panel.front,
    );
    mesh.polygon(outline.map(([c, r]) => this.point(c, r, 1)).reverse(), panel.back);
  }

  /** `depth` 0 = front, 1 = back. */
  private point(column: number, row: number, depth: number): Vec {
    return place(this.frame, column * this.du, row * this.dv, -depth * this.panel.thickness);
  }

  /** A cell that the damage crosses: what is left of it, and the broken thickness along the contour. */
  private addPartial(column: number, row: number): void {
    const outline: Corner[] = [];
    CORNERS.forEach(([c, r], i) => {
      const [nc, nr] = CORNERS[(i + 1) % 4] ?? [0, 0];
      const here = this.corner(column + c, row + r);
      const there = this.corner(column + nc, row + nr);
      if (here > 0) outline.push({ at: [column + c, row + r], leaves: false });
      if (here > 0 === there > 0) return;
      const t = here / (here - there);
      outline.push({ at: [column + c + (nc - c) * t, row + r + (nr - r) * t], leaves: here > 0 });
    });
    this.addFaces(outline.map((corner) => corner.at));
    outline.forEach((corner, i) => {
      const next = outline[(i + 1) % outline.length];
      if (corner.leaves && next !== undefined) this.addRim(corner.at, next.at);
    });
  }

  private addRims(column: number, row: number): void {
    CORNERS.forEach(([c, r], i) => {
      const [nc, nr] = CORNERS[(i + 1) % 4] ?? [0, 0];
      const neighbour = this.cellAt(column + (nr - r), row - (nc - c));
      if (neighbour === 'full' || neighbour === 'partial') return;
      this.addRim([column + c, row + r], [column + nc, row + nr]);
    });
  }

  /** The thickness over a border that is walked with the matter on the left. */
  private addRim(from: readonly [number, number], to: readonly [number, number]): void {
    const { mesh, panel } = this;
    mesh.quad(this.point(...from, 0), this.point(...from, 1), this.point(...to, 1), this.point(...to, 0), panel.rim);
  }
}

/** Corners of a cell, counter-clockwise. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

function rowIsFree(free: (column: number, row: number) => boolean, from: number, to: number, row: number): boolean {
  for (let column = from; column < to; column++) if (!free(column, row)) return false;
  return true;
}

/** A flat rectangle of its own, without thickness: panes, paint, cracks. */
export function addCard(mesh: MeshBuilder, origin: Vec, u: Vec, v: Vec, surface: Surface): void {
  mesh.quad(origin, add(origin, u), add(add(origin, u), v), add(origin, scale(v, 1)), surface);
}
