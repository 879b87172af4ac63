/** Why a picture cannot be used. The message is the rest of a sentence that starts with the file's name, without a stop. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

export const CUT_OFF = 'is cut off (no end marker)';
