/**
 * File names of passes, without a manifest:
 *   {pass}.{frame}.{png|exr|jpg|...}    depth.0012.exr, depth.-0003.exr, street_color.0001.png, shot.color.0001.png
 *   {pass}.{mp4|mov|...}                color.mp4, street_depth.mov
 * The pass is the last word before the frame; words are separated by "." or "_" and compared without case. Which
 * endings are read is in media/formats.ts. In a folder that names the pass, the frame alone is enough: depth/0012.exr.
 */
import type { AliasConfig, PassName } from '../../schemas/index.js';
import { IMAGE_ENDINGS, isMovie } from '../media/formats.js';
import { wordReader } from '../picture/pass-aliases.js';

export { isMedia, isMovie } from '../media/formats.js';

interface Name {
  /** Everything before the frame number or extension: "street_color". */
  readonly stem: string;
  readonly pass: PassName | null;
  /** False when there are more words before the pass: a bare name goes before "old_color". */
  readonly prefixed: boolean;
  /** Lower case, without the dot. */
  readonly extension: string;
}

export interface ImageName extends Name {
  readonly kind: 'image';
  readonly frame: number;
  /** Digits of the frame as written, without sign: 4 for "0012". */
  readonly padding: number;
  /** Equal for all frames of one sequence, whatever their padding: "color.#.png". */
  readonly sequence: string;
}

/** A frame number with a fraction, as $FF writes it: "color.1.5.png", "color.0001.250.png". */
export interface FractionName extends ImageName {
  /** Digits after the point: "5", "250". */
  readonly fraction: string;
  /** The number as written: "1.5". */
  readonly written: string;
  /** The sequence of its whole frames, if those are written without a fraction: "color.#.png". */
  readonly wholes: string;
}

export interface MovieName extends Name {
  readonly kind: 'movie';
}

export type MediaName = ImageName | MovieName;

const STEM = '(?:(?<stem>.+?)(?<separator>[._]))?';
const IMAGE = new RegExp(`^${STEM}(?<frame>-?\\d+)\\.(?<extension>${IMAGE_ENDINGS})$`, 'i');
const FRACTION = new RegExp(`^${STEM}(?<frame>-?\\d+)\\.(?<fraction>\\d+)\\.(?<extension>${IMAGE_ENDINGS})$`, 'i');
/** The part of any file name before its number and ending. */
const ANY = /^(?<stem>.+?)(?:[._]-?\d+(?:\.\d+)?)?\.[^.]+$/;

/** Reads names with one set of aliases. */
export class NameReader {
  /** The pass that a single word (a stem's last word, an EXR layer) stands for. */
  readonly passOf: (word: string) => PassName | null;

  constructor(aliases: AliasConfig) {
    this.passOf = wordReader(aliases);
  }

  /** The name's parts, or null when it is no image of a sequence and no movie. */
  read(name: string): MediaName | null {
    const media = this.readInPassFolder(name);
    return media === null || media.stem === '' ? null : media;
  }

  /** Like {@link read} for a folder that names the pass: the frame number alone is enough for a name there. */
  readInPassFolder(name: string): MediaName | null {
    return this.readImage(name) ?? this.readMovie(name);
  }

  /**
   * The other reading of a name whose stem seems to end in a number: "color.1.5.png" may be frame 5 of "color.1", or
   * half a frame after the first of "color". The other names in the folder decide (sequences.ts).
   */
  readFraction(name: string): FractionName | null {
    const groups = FRACTION.exec(name)?.groups;
    if (groups === undefined) return null;
    const { frame = '', fraction = '' } = groups;
    const wholes = sequenceOf(groups, '');
    const written = `${frame.replace(/^(-?)0+(?=\d)/, '$1')}.${fraction}`;
    return { ...this.imageOf(groups, `.${fraction}`), fraction, written, wholes };
  }

  /** The pass that any file names, whatever its ending; null = none. */
  passNamedBy(name: string): PassName | null {
    return this.passOf(lastWord(ANY.exec(name)?.groups?.stem ?? ''));
  }

  /** The pass that a folder names in the folder around it: "depth", or "street_depth" in "street". */
  passOfFolder(name: string, parent: string): PassName | null {
    const word = lastWord(name);
    const before = name.slice(0, name.length - word.length);
    return before === '' || before.slice(0, -1) === parent ? this.passOf(word) : null;
  }

  private readImage(name: string): ImageName | null {
    const groups = IMAGE.exec(name)?.groups;
    return groups === undefined ? null : this.imageOf(groups, '');
  }

  /** @param after text between the number and the ending */
  private imageOf(groups: Readonly<Record<string, string | undefined>>, after: string): ImageName {
    const { stem = '', frame = '', extension = '' } = groups;
    const padding = frame.replace('-', '').length;
    const sequence = sequenceOf(groups, after);
    return { kind: 'image', ...this.stem(stem, extension), frame: Number(frame), padding, sequence };
  }

  private readMovie(name: string): MovieName | null {
    if (!isMovie(name)) return null;
    const dot = name.lastIndexOf('.');
    return { kind: 'movie', ...this.stem(name.slice(0, dot), name.slice(dot + 1)) };
  }

  private stem(stem: string, extension: string): Name {
    const pass = this.passOf(lastWord(stem));
    return { stem, pass, prefixed: /[._]/.test(stem), extension: extension.toLowerCase() };
  }
}

function sequenceOf(groups: Readonly<Record<string, string | undefined>>, after: string): string {
  const { stem = '', separator = '', extension = '' } = groups;
  return `${stem}${separator}#${after}.${extension}`;
}

function lastWord(stem: string): string {
  return stem.split(/[._]/).at(-1) ?? '';
}
