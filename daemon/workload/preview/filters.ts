/** Computes the controls that need the colour pass alone: edges by Sobel, vis by blurring. */
import { lumaPlane } from './luma.js';
import type { Size } from './media.js';
import type { Strength } from './spec.js';

/**
 * Gradient (0..1443) at which a line begins to show. NVIDIA's own thresholds are for Canny (control_input.py:103-112);
 * these keep their order, so that "low" shows more lines than "high".
 */
const EDGE_THRESHOLD: Readonly<Record<Strength, number>> = {
  very_low: 20,
  low: 50,
  medium: 100,
  high: 200,
  very_high: 300,
};

/** Radius of the blur as a part of the frame's height. */
const BLUR_RADIUS: Readonly<Record<Strength, number>> = {
  very_low: 0.004,
  low: 0.008,
  medium: 0.015,
  high: 0.03,
  very_high: 0.06,
};

/** Sobel edges of rgb24 frames, as gray: black with lines that brighten with the gradient. */
export class EdgeFilter {
  private readonly luma: Float32Array;

  constructor(
    private readonly size: Size,
    private readonly strength: Strength,
  ) {
    this.luma = new Float32Array(size.width * size.height);
  }

  /** @returns a new frame. */
  apply(color: Uint8Array): Buffer {
    const { width, height } = this.size;
    const edges = Buffer.alloc(width * height); // the outermost pixels have no neighbours and stay black
    lumaPlane(color, this.luma);
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) edges[y * width + x] = this.lineAt(y * width + x);
    }
    return edges;
  }

  private lineAt(pixel: number): number {
    const { luma } = this;
    const { width } = this.size;
    const [above, below] = [pixel - width, pixel + width];
    const falling = (luma[above - 1] ?? 0) - (luma[below + 1] ?? 0);
    const rising = (luma[above + 1] ?? 0) - (luma[below - 1] ?? 0);
    const across = rising - falling + 2 * ((luma[pixel + 1] ?? 0) - (luma[pixel - 1] ?? 0));
    const down = -falling - rising + 2 * ((luma[below] ?? 0) - (luma[above] ?? 0));
    const gradient = Math.sqrt(across * across + down * down);
    return Math.min(255, Math.max(0, gradient - EDGE_THRESHOLD[this.strength]) * 2);
  }
}

/** Soft copies of rgb24 frames: a box blur along rows, then along columns. */
export class BlurFilter {
  private readonly radius: number;
  private readonly halfway: Uint8Array;

  constructor(
    private readonly size: Size,
    strength: Strength,
  ) {
    this.radius = Math.max(1, Math.round(BLUR_RADIUS[strength] * size.height));
    this.halfway = new Uint8Array(size.width * size.height * 3);
  }

  /** @returns a new frame. */
  apply(color: Uint8Array): Buffer {
    const { width, height } = this.size;
    const soft = Buffer.alloc(color.length);
    for (let row = 0; row < height * 3; row++) {
      const start = Math.floor(row / 3) * width * 3 + (row % 3);
      blurLine(color, this.halfway, { start, stride: 3, length: width }, this.radius);
    }
    for (let column = 0; column < width * 3; column++) {
      blurLine(this.halfway, soft, { start: column, stride: width * 3, length: height }, this.radius);
    }
    return soft;
  }
}

/** The values of one channel along a row or a column. */
interface Line {
  readonly start: number;
  readonly stride: number;
  readonly length: number;
}

/** Mean over `radius` neighbours on each side, by a running sum; at the ends the last value repeats. */
function blurLine(from: Uint8Array, to: Uint8Array, { start, stride, length }: Line, radius: number): void {
  const last = length - 1;
  const window = 2 * radius + 1;
  let sum = 0;
  for (let offset = -radius; offset <= radius; offset++) {
    sum += from[start + Math.min(last, Math.max(0, offset)) * stride] ?? 0;
  }
  for (let index = 0; index < length; index++) {
    to[start + index * stride] = sum / window + 0.5;
    sum += from[start + Math.min(last, index + radius + 1) * stride] ?? 0;
    sum -= from[start + Math.max(0, index - radius) * stride] ?? 0;
  }
}
