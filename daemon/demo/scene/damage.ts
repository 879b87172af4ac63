/** Removes what is broken away: bites out of everything solid, with ragged borders. */
import { noise3 } from './noise.js';
import { length, scale, subtract, type Vec } from './vector.js';

/** A rounded piece of space that is gone; `size` are its half axes in metres. */
export interface Bite {
  readonly center: Vec;
  readonly size: Vec;
}

export class Damage {
  constructor(
    private readonly bites: readonly Bite[],
    private readonly seed: number,
  ) {}

  /** Metres (roughly) to the border of the damage: positive where matter is left, negative where it is gone. */
  left(point: Vec): number {
    let nearest = Number.POSITIVE_INFINITY;
    for (const { center, size } of this.bites) {
      const [x, y, z] = subtract(point, center);
      const reach = length([x / size[0], y / size[1], z / size[2]]);
      nearest = Math.min(nearest, (reach - 1) * Math.min(...size));
    }
    // Far from every bite the noise cannot decide, and most points are far: save its cost.
    return nearest > 2.5 ? nearest : nearest + this.raggedness(point);
  }

  private raggedness(point: Vec): number {
    return 1.3 * noise3(scale(point, 0.45), this.seed) + 0.55 * noise3(scale(point, 1.7), this.seed + 1);
  }
}
