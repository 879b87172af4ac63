/** What kinds of foreign files there are, and how big each may be. */

export interface Kind {
  /** Its name in a sentence: "a prompt has at most 1 MiB". */
  readonly name: string;
  /** Bytes; Infinity = no limit, because it is read piece by piece. */
  readonly most: number;
}

const MiB = 2 ** 20;

/** A prompt is a page at most; a manifest with a camera for ten thousand frames has about 4 MB. */
export const KINDS = {
  prompt: { name: 'a prompt', most: MiB },
  manifest: { name: 'a manifest', most: 16 * MiB },
  spec: { name: 'a spec', most: 4 * MiB },
  configuration: { name: 'a configuration', most: 4 * MiB },
  message: { name: 'what a render leaves for the daemon', most: 4 * MiB },
  media: { name: 'a picture or a movie', most: Number.POSITIVE_INFINITY },
} as const satisfies Record<string, Kind>;
