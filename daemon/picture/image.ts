/** Facts about an image from its header and its last bytes. */
export interface ImageHeader {
  /** Pixels of the upright picture; null when the header does not even give that. */
  readonly width: number | null;
  readonly height: number | null;
  /** EXR layers, "" being the layer of bare R, G, B; empty for other formats. */
  readonly layers: readonly string[];
  /** How the layers of an EXR are stored, as one text: files with the same one are read alike. Absent = the format has only one way. */
  readonly storage?: string;
  /** Why the image cannot be used, as the rest of a sentence that starts with its name; null = it can. */
  readonly problem: string | null;
  /** Notes for the user about an image that can be used, as the rest of such a sentence. */
  readonly notes: readonly string[];
}

export function brokenImage(problem: string): ImageHeader {
  return { width: null, height: null, layers: [], problem, notes: [] };
}

export const CUT_OFF = 'is cut off (no end marker)';
