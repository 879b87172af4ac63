/** Why a foreign file is not read. */
import type { ErrorCode } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';

/** Its message can be shown as it is; a caller with a better code or path makes its own error from `what` and `remedy`. */
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

  /** The same with the error code of the caller's area, and with the path as the user knows it. */
  as(code: ErrorCode, file = this.file): Refusal {
    return new Refusal(file, this.what, this.remedy, code);
  }
}
