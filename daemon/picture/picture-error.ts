/** Why a picture cannot be used. The message is the rest of a sentence that starts with the file's name, without a stop. */
export class PictureError extends Error {
  override readonly name = 'PictureError';

  /** Names out of a damaged file need not be text: what no terminal should get becomes a question mark. */
  constructor(message: string, options?: ErrorOptions) {
    super(message.replaceAll(/[\p{Cc}\uFFFD]/gu, '?'), options);
  }
}
