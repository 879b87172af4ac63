/** Draws snow, rain or embers over the base picture, the same for the same seed. */
import type { WeatherKind } from './grade.js';
import { type Chroma, chromaOf } from './luma.js';
import type { Size } from './media.js';
import { Random } from './random.js';

/** One flake, drop or spark. Places and sizes are in frame heights, speeds in frame heights per frame. */
interface Particle {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
  readonly width: number;
  readonly length: number;
  readonly opacity: number;
}

interface Habit {
  readonly count: number;
  readonly down: readonly [low: number, high: number];
  readonly across: readonly [low: number, high: number];
  readonly width: readonly [low: number, high: number];
  /** Length as a multiple of the width. */
  readonly stretch: number;
  readonly opacity: readonly [low: number, high: number];
  readonly color: Chroma;
}

const HABITS: Readonly<Record<Exclude<WeatherKind, 'none'>, Habit>> = {
  snow: {
    count: 260,
    down: [0.004, 0.014],
    across: [-0.004, 0.002],
    width: [0.004, 0.014],
    stretch: 1,
    opacity: [0.35, 0.95],
    color: [0, 0, 0],
  },
  rain: {
    count: 320,
    down: [0.06, 0.11],
    across: [-0.012, -0.008],
    width: [0.002, 0.003],
    stretch: 18,
    opacity: [0.1, 0.3],
    color: [0, 0, 0],
  },
  embers: {
    count: 140,
    down: [-0.012, -0.003],
    across: [-0.003, 0.004],
    width: [0.003, 0.006],
    stretch: 1,
    opacity: [0.4, 0.9],
    color: chromaOf([1, 0.45, 0.1]),
  },
};

export class Weather {
  private readonly particles: readonly Particle[];
  private readonly color: Chroma;

  constructor(
    kind: WeatherKind,
    private readonly size: Size,
    seed: number,
  ) {
    const habit = kind === 'none' ? undefined : HABITS[kind];
    const random = new Random(seed ^ 0x5eed);
    this.color = habit?.color ?? [0, 0, 0];
    this.particles = Array.from({ length: habit?.count ?? 0 }, () => particle(habit as Habit, size, random));
  }

  /** Draws the particles of a frame into planes of luminance (0..1) and chroma (three numbers a pixel). */
  draw(luma: Float32Array, chroma: Float32Array, frame: number): void {
    for (const particle of this.particles) this.drawOne(luma, chroma, particle, frame);
  }

  private drawOne(luma: Float32Array, chroma: Float32Array, particle: Particle, frame: number): void {
    const { width, height } = this.size;
    const left = Math.floor(wrapped(particle.x + particle.across * frame, width / height) * height);
    const top = Math.floor(wrapped(particle.y + particle.down * frame, 1) * height);
    const right = Math.min(width, left + Math.max(1, Math.round(particle.width * height)));
    const bottom = Math.min(height, top + Math.max(1, Math.round(particle.length * height)));
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) this.brighten(luma, chroma, y * width + x, particle.opacity);
    }
  }

  private brighten(luma: Float32Array, chroma: Float32Array, pixel: number, opacity: number): void {
    const before = luma[pixel] ?? 0;
    luma[pixel] = before + (1 - before) * opacity;
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * 3 + channel;
      chroma[at] = (chroma[at] ?? 0) * (1 - opacity) + (this.color[channel] ?? 0) * opacity;
    }
  }
}

function particle(habit: Habit, { width, height }: Size, random: Random): Particle {
  const across = random.between(...habit.width);
  return {
    x: random.between(0, width / height),
    y: random.next(),
    across: random.between(...habit.across),
    down: random.between(...habit.down),
    width: across,
    length: across * habit.stretch,
    opacity: random.between(...habit.opacity),
  };
}

/** `value` brought into 0..`period`, so that what leaves the frame comes back on the other side. */
function wrapped(value: number, period: number): number {
  return value - Math.floor(value / period) * period;
}
