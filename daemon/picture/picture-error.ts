/** Most characters of a message. */
const LONGEST = 1000;

/** Why a picture cannot be used. The message is the rest of a sentence that starts with the file's name, without a stop. */
export class PictureError extends Error {
  override readonly name = 'PictureError';

  /** Names from a damaged file may be long or binary: control characters become question marks, the rest is cut. */
  constructor(message: string, options?: ErrorOptions) {
    super(message.slice(0, LONGEST).replaceAll(/[\p{Cc}\uFFFD]/gu, '?'), options);
  }
}
