/**
 * File names of passes, without a manifest:
 *   {pass}.{frame}.{png|exr|jpg|jpeg}   depth.0012.exr, depth.-0003.exr, street_color.0001.png, shot.color.0001.png
 *   {pass}.{mp4|mov|webm|avi|mkv}       color.mp4, street_depth.mov
 * The pass is the last word before the frame; words are separated by "." or "_" and compared without case.
 */
import { type AliasConfig, PassName } from '../../schemas/index.js';

interface Name {
  /** Everything before the frame number or extension: "street_color". */
  readonly stem: string;
  readonly pass: PassName | null;
  /** False when more words stand before the pass: an unadorned name wins over "old_color". */
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

export interface MovieName extends Name {
  readonly kind: 'movie';
}

export type MediaName = ImageName | MovieName;

const IMAGE = /^(?<stem>.+?)(?<separator>[._])(?<frame>-?\d+)\.(?<extension>png|exr|jpe?g)$/i;
const MOVIE = /^(?<stem>.+)\.(?<extension>mp4|mov|webm|avi|mkv)$/i;

/** Reads names with one set of aliases. */
export class NameReader {
  private readonly words = new Map<string, PassName>();

  constructor(aliases: AliasConfig) {
    for (const pass of PassName.options) {
      for (const word of aliases[pass]) this.words.set(word.toLowerCase(), pass);
    }
  }

  /** The name's parts, or null when it is no image of a sequence and no movie. */
  read(name: string): MediaName | null {
    return this.readImage(name) ?? this.readMovie(name);
  }

  /** The pass that a single word (a stem's last word, an EXR layer) stands for. */
  passOf(word: string): PassName | null {
    return this.words.get(word.toLowerCase()) ?? null;
  }

  private readImage(name: string): ImageName | null {
    const groups = IMAGE.exec(name)?.groups;
    if (groups === undefined) return null;
    const { stem = '', separator = '', frame = '', extension = '' } = groups;
    const padding = frame.replace('-', '').length;
    const sequence = `${stem}${separator}#.${extension}`;
    return { kind: 'image', ...this.stem(stem, extension), frame: Number(frame), padding, sequence };
  }

  private readMovie(name: string): MovieName | null {
    const groups = MOVIE.exec(name)?.groups;
    if (groups === undefined) return null;
    return { kind: 'movie', ...this.stem(groups.stem ?? '', groups.extension ?? '') };
  }

  private stem(stem: string, extension: string): Name {
    const words = stem.split(/[._]/);
    const pass = this.passOf(words.at(-1) ?? '');
    return { stem, pass, prefixed: words.length > 1, extension: extension.toLowerCase() };
  }
}

/** True for a movie by its extension. */
export function isMovie(name: string): boolean {
  return MOVIE.test(name);
}

/** True for any image or movie by its extension, numbered or not. */
export function isMedia(name: string): boolean {
  return isMovie(name) || /\.(?:png|exr|jpe?g)$/i.test(name);
}
