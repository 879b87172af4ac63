/** The materials of the scene: segmentation class, base colour and texture. */

export type Rgb = readonly [red: number, green: number, blue: number];

/** Segmentation classes with their flat colours (8-bit sRGB), chosen far apart; sky is where nothing is. */
export const PARTS = {
  sky: [70, 130, 180],
  road: [128, 64, 128],
  sidewalk: [244, 35, 232],
  facade: [102, 102, 156],
  window: [0, 220, 220],
  interior: [190, 153, 153],
  roof: [70, 70, 70],
  'fire escape': [220, 20, 60],
  rubble: [152, 110, 40],
  vehicle: [0, 60, 220],
  'street lamp': [250, 200, 0],
} as const satisfies Record<string, Rgb>;
export type Part = keyof typeof PARTS;

export const PART_NAMES = Object.keys(PARTS) as Part[];

export const TEXTURES = ['plain', 'brick', 'concrete', 'asphalt', 'glass', 'plaster', 'metal'] as const;
export type Texture = (typeof TEXTURES)[number];

export interface Surface {
  readonly part: Part;
  /** Linear reflectance, 0..1. */
  readonly color: Rgb;
  readonly texture: Texture;
}
