/** Chooses the style of a preview from its prompt and seed: a colour grade and weather, by keywords. */
import type { Chroma } from './luma.js';
import { chromaOf } from './luma.js';
import { Random } from './random.js';

export type WeatherKind = 'none' | 'snow' | 'rain' | 'embers';

type Rgb = readonly [number, number, number];

interface Grade {
  /** Luminance that black and white of the mix become, 0..1: exposure and contrast. */
  readonly black: number;
  readonly white: number;
  /** Exponent on the luminance of the colour pass, after its contrast; above 1 darkens its middle. */
  readonly gamma: number;
  readonly saturation: number;
  /** Tints of dark and bright parts, of the distance, and of edge lines. */
  readonly shadows: Rgb;
  readonly lights: Rgb;
  readonly haze: Rgb;
  readonly lines: Rgb;
  readonly weather: WeatherKind;
}

export interface PreviewStyle extends Omit<Grade, 'shadows' | 'lights' | 'haze' | 'lines'> {
  readonly shadows: Chroma;
  readonly lights: Chroma;
  readonly haze: Chroma;
  readonly lines: Chroma;
  /** Where the light comes from, -1..1 across and down the frame. */
  readonly light: readonly [x: number, y: number];
}

const DAY: Grade = {
  black: 0.03,
  white: 0.98,
  gamma: 0.9,
  saturation: 1.05,
  shadows: [0.28, 0.34, 0.44],
  lights: [0.6, 0.54, 0.46],
  haze: [0.5, 0.6, 0.72],
  lines: [0.95, 0.9, 0.8],
  weather: 'none',
};

/** When no keyword names the time of day, the seed selects one of these. */
const NEUTRAL: readonly Partial<Grade>[] = [
  {},
  { shadows: [0.22, 0.36, 0.4], lights: [0.64, 0.54, 0.42] },
  { shadows: [0.34, 0.3, 0.42], lights: [0.58, 0.56, 0.5] },
];

const TIMES: readonly (readonly [RegExp, Partial<Grade>])[] = [
  [
    /\b(night|midnight|moon\w*|neon|starlit)\b/i,
    {
      black: 0.01,
      white: 0.72,
      gamma: 1.5,
      saturation: 0.6,
      shadows: [0.1, 0.2, 0.44],
      lights: [0.5, 0.58, 0.78],
      haze: [0.12, 0.2, 0.42],
      lines: [0.5, 0.75, 1],
    },
  ],
  [
    /\b(dusk|sunset|golden hour|evening|twilight)\b/i,
    {
      white: 0.88,
      gamma: 1.15,
      saturation: 0.9,
      shadows: [0.26, 0.22, 0.44],
      lights: [0.86, 0.56, 0.3],
      haze: [0.76, 0.46, 0.34],
      lines: [1, 0.76, 0.46],
    },
  ],
  [/\b(dawn|sunrise|morning)\b/i, { shadows: [0.3, 0.32, 0.46], lights: [0.8, 0.62, 0.54], haze: [0.74, 0.62, 0.62] }],
];

const WEATHERS: readonly (readonly [RegExp, Partial<Grade>])[] = [
  [
    /\b(snow\w*|blizzard|winter|ice|icy|frost\w*)\b/i,
    { black: 0.12, saturation: 0.6, haze: [0.66, 0.72, 0.8], weather: 'snow' },
  ],
  [/\b(rain\w*|storm\w*|wet|downpour)\b/i, { white: 0.8, saturation: 0.65, haze: [0.4, 0.48, 0.54], weather: 'rain' }],
  [
    /\b(fire|fires|burn\w*|flame\w*|ember\w*|lava|explosion\w*)\b/i,
    { lights: [0.95, 0.6, 0.26], haze: [0.8, 0.36, 0.14], weather: 'embers' },
  ],
  [/\b(fog\w*|mist\w*|haze|hazy)\b/i, { black: 0.28, white: 0.9, saturation: 0.5 }],
  [/\b(smoke|smoky|smoulder\w*)\b/i, { black: 0.1, white: 0.84, saturation: 0.7 }],
  [/\b(dust\w*|sand\w*|desert)\b/i, { black: 0.07, lights: [0.76, 0.6, 0.4], haze: [0.74, 0.58, 0.38] }],
];

/** The style of a sample; equal prompts and seeds look equal. */
export function styleOf(prompt: string, seed: number): PreviewStyle {
  const random = new Random(seed);
  const neutral = NEUTRAL[Math.floor(random.next() * NEUTRAL.length)];
  const time = TIMES.find(([words]) => words.test(prompt))?.[1] ?? neutral;
  const weathers = WEATHERS.filter(([words]) => words.test(prompt)).map(([, grade]) => grade);
  const grade = Object.assign({}, DAY, time, ...weathers) as Grade;
  return {
    ...grade,
    shadows: chromaOf(grade.shadows),
    lights: chromaOf(grade.lights),
    haze: chromaOf(grade.haze),
    lines: chromaOf(grade.lines),
    light: [random.between(-0.8, 0.8), random.between(-0.9, -0.1)],
  };
}
