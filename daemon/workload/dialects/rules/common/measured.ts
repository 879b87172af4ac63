/** Finds what is known of the clips that a spec names, and their names in sentences. */
import type { Media } from '../../../../../schemas/index.js';
import { suffixOf } from '../../../../../schemas/spec/paths.js';
import type { SpecPath } from '../../../../../schemas/spec/pydantic.js';
import type { Sample } from '../rule.js';
import { colourVideo, controlsOf, type NamedFile } from '../sample-parts.js';

const PICTURES = ['.png', '.jpg', '.jpeg', '.webp'];

/** A clip whose frames, size and rate are known. */
export interface Clip {
  /** How a sentence calls it: "depth", "the mask of depth", "the colour video". */
  readonly label: string;
  readonly path: SpecPath;
  readonly media: Media;
}

/** One picture, by its suffix. ffprobe gives it a frame rate, which means nothing. */
export function isPicture(named: string): boolean {
  return PICTURES.includes(suffixOf(named).toLowerCase());
}

/** The colour video; undefined when there is none, it is a picture, or nothing is known of it. */
export function colourClip(sample: Sample): Clip | undefined {
  return clipOf('the colour video', colourVideo(sample), sample);
}

/** Controls and masks that are videos of their own, in the order in which the engine takes them. */
export function controlClips(sample: Sample): Clip[] {
  return controlsOf(sample).flatMap(({ hint, control, mask }) =>
    [clipOf(hint, control, sample), clipOf(`the mask of ${hint}`, mask, sample)].filter((clip) => clip !== undefined),
  );
}

/** What the controls are measured against: the colour video, or else the first control. */
export function againstWhich(sample: Sample): { reference: Clip; others: Clip[] } | undefined {
  const controls = controlClips(sample);
  const colour = colourClip(sample);
  if (colour !== undefined) return { reference: colour, others: controls };
  const [first, ...others] = controls;
  return colourVideo(sample) === null && first !== undefined ? { reference: first, others } : undefined;
}

/** Frames per second; undefined where the file does not say. */
export function rateOf({ fps }: Media): number | undefined {
  return fps.num > 0 && fps.den > 0 ? fps.num / fps.den : undefined;
}

/** "23.976". */
export function sayRate(rate: number): string {
  return String(Math.round(rate * 1000) / 1000);
}

function clipOf(label: string, file: NamedFile | null, { facts }: Sample): Clip | undefined {
  if (file === null || isPicture(file.named)) return undefined;
  const media = facts.media(file.named);
  return media === undefined ? undefined : { label, path: file.path, media };
}
