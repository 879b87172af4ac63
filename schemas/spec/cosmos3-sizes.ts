/** Sizes and shapes that Cosmos 3 makes. Pure. */

/** Values of aspect_ratio: with a comma. */
export type Aspect = '16,9' | '4,3' | '1,1' | '3,4' | '9,16';
export type Size = readonly [width: number, height: number];

/** Pixels of the result by resolution and aspect_ratio (cosmos-framework data/generator/utils.py:42-84). */
export const COSMOS3_SIZES: Readonly<Record<string, Readonly<Record<Aspect, Size>>>> = {
  '256': { '1,1': [256, 256], '4,3': [320, 256], '3,4': [256, 320], '16,9': [320, 192], '9,16': [192, 320] },
  '480': { '1,1': [640, 640], '4,3': [736, 544], '3,4': [544, 736], '16,9': [832, 480], '9,16': [480, 832] },
  '704': { '1,1': [960, 960], '4,3': [1088, 832], '3,4': [832, 1088], '16,9': [1280, 704], '9,16': [704, 1280] },
  '720': { '1,1': [960, 960], '4,3': [1104, 832], '3,4': [832, 1104], '16,9': [1280, 720], '9,16': [720, 1280] },
  '768': { '1,1': [1024, 1024], '4,3': [1184, 880], '3,4': [880, 1184], '16,9': [1360, 768], '9,16': [768, 1360] },
};

/** In the order in which ties are decided (inference/vision.py: detect_aspect_ratio). */
const SHAPES: readonly (readonly [Aspect, number])[] = [
  ['16,9', 16 / 9],
  ['4,3', 4 / 3],
  ['1,1', 1],
  ['3,4', 3 / 4],
  ['9,16', 9 / 16],
];

/** The aspect_ratio that is nearest to a picture, as NVIDIA's own detection has it. */
export function nearestAspect({ width, height }: { width: number; height: number }): Aspect {
  const off = ([, shape]: readonly [Aspect, number]) => Math.abs(shape - width / height);
  return SHAPES.reduce((best, next) => (off(next) < off(best) ? next : best))[0];
}

/** Is the text one of the five shapes? */
export function isAspect(text: string): text is Aspect {
  return SHAPES.some(([name]) => name === text);
}
