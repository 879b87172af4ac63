/** Luminance of rgb24 pixels with the BT.709 weights (ITU-R BT.709-6, 3.2): the same plane that H.264 stores. */
export const RED = 0.2126;
export const GREEN = 0.7152;
export const BLUE = 0.0722;

/** A colour as its distance from the grey of equal luminance: adding it changes the hue and never the luminance. */
export type Chroma = readonly [red: number, green: number, blue: number];

/** @param color 0..1 each. */
export function chromaOf([red, green, blue]: readonly [number, number, number]): Chroma {
  const luma = RED * red + GREEN * green + BLUE * blue;
  return [red - luma, green - luma, blue - luma];
}

/** Fills `plane` with the luminance of rgb24 pixels, 0..255. */
export function lumaPlane(rgb: Uint8Array, plane: Float32Array): void {
  for (let pixel = 0, at = 0; pixel < plane.length; pixel++, at += 3) {
    plane[pixel] = RED * (rgb[at] ?? 0) + GREEN * (rgb[at + 1] ?? 0) + BLUE * (rgb[at + 2] ?? 0);
  }
}
