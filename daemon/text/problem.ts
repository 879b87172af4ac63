/** Why bytes are not text. */
import type { ErrorCode, TextPlace } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';

export class TextProblem {
  constructor(
    /** A clause about the file, which is "this": "this is a PNG image, and no text". */
    readonly what: string,
    /** What to do, as another clause. */
    readonly remedy: string,
    /** null = it is about the file as a whole. */
    readonly place: TextPlace | null = null,
  ) {}

  /** One sentence without a full stop, behind the name of the file. */
  get sentence(): string {
    return `${this.what}; ${this.remedy}`;
  }

  /** "prompt.txt:1:4: this is not UTF-8 ...", without a full stop. @param file as it is to be called. */
  of(file: string): string {
    const where = this.place === null ? '' : `:${this.place.line}:${this.place.column}`;
    return `${file}${where}: ${this.sentence}`;
  }

  /** @param code of the area that wanted to read the file */
  toError(file: string, code: ErrorCode): CosmosError {
    return new CosmosError(code, `${this.of(file)}.`, { file, ...this.place });
  }
}

export const SAVE_AS_UTF8 =
  'open it in the program that it was written with, and save it as UTF-8 (Notepad: Save as, Encoding: UTF-8)';
