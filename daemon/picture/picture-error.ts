/** Characters of a sentence. */
const LONGEST = 1000;

/** Why a picture cannot be used. The message is the rest of a sentence that starts with the file's name, without a stop. */
export class PictureError extends Error {
  override readonly name = 'PictureError';

  /** Names out of a damaged file need be neither text nor short: what no terminal should get becomes a question mark. */
  constructor(message: string, options?: ErrorOptions) {
    super(message.slice(0, LONGEST).replaceAll(/[\p{Cc}\uFFFD]/gu, '?'), options);
  }
}
