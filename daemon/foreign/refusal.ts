/** Why a foreign file is not read. */
import type { ErrorCode } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';

/** Readable as it is; who has a better code or place for it makes an error of its own from `what` and `remedy`. */
export class Refusal extends CosmosError {
  constructor(
    readonly file: string,
    /** A clause about the file, which is "this": "this is a pipe, and no file". */
    readonly what: string,
    /** What to do, as another clause. */
    readonly remedy: string,
    code: ErrorCode = 'file_refused',
  ) {
    super(code, `${file}: ${what}; ${remedy}.`, { file });
  }

  /** The same under the code of the area that wanted to read, and under the name that the person knows it by. */
  as(code: ErrorCode, file = this.file): Refusal {
    return new Refusal(file, this.what, this.remedy, code);
  }
}
