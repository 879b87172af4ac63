/** How hard the attacks of this folder are: small in `npm test`, large in `npm run bench -- hostile`. */
const isLarge = process.env.COSMOS_HOSTILE === 'large';

/** The number for `npm test`, or the one for the bench. */
export function sized(small: number, large: number): number {
  return isLarge ? large : small;
}
