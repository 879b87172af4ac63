/**
 * Guesses the encoding of bytes that are not UTF-8, for the error sentence only; nothing is decoded by it. It answers when letters
 * of one script in plausible words result from one encoding and not from the others. Pure.
 */

export type Likely =
  /** UTF-8 that ends within a character. */
  | { readonly kind: 'torn' }
  /** UTF-8, but for some bytes. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'encoding'; readonly name: string };

/** Bytes that are examined. */
const LOOK = 16 * 1024;
const UNKNOWN = 'an older encoding of Windows';

export interface WrongUtf8 {
  /** The whole file. */
  readonly bytes: Buffer;
  /** Offset of the first byte that is not UTF-8. */
  readonly wrong: number;
  /** It begins with the byte order mark of UTF-8. */
  readonly isMarked: boolean;
}

export function likelyEncoding({ bytes: all, wrong, isMarked }: WrongUtf8): Likely {
  const first = Math.max(
    0,
    all.findIndex((byte) => byte >= 0x80),
  );
  const hasOthers = first < wrong; // one high byte at the end may well be a letter of an older encoding
  if (hasOthers && BEGUN.test(all.toString('latin1', wrong, wrong + 5))) return { kind: 'torn' };
  const bytes = all.subarray(Math.max(0, first - 1), first + LOOK);
  const latin = bytes.toString('latin1');
  if (HALVES.test(latin)) return named('UTF-8 whose emoji were written in halves (CESU-8)');
  const { whole, others } = sequencesIn(latin);
  if (isMarked || whole > others) return { kind: 'damaged' };
  return named(eastern(bytes) ?? singleByte(bytes) ?? UNKNOWN);
}

function named(name: string): Likely {
  return { kind: 'encoding', name };
}

/** Two halves of a surrogate pair, each as three bytes. */
const HALVES = /\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]/;
/** A character of UTF-8 of which the end is missing, and nothing behind it. */
const BEGUN = /^(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})$/;
/** A character of UTF-8 beyond ASCII, or any other high byte. */
const SEQUENCE = /([\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})|[\x80-\xff]/g;

function sequencesIn(latin: string) {
  const found = { whole: 0, others: 0 };
  for (const [, whole] of latin.matchAll(SEQUENCE)) {
    if (whole === undefined) found.others++;
    else found.whole++;
  }
  return found;
}

/** Two bytes a character. Each is known by what its commonest characters are. */
function eastern(bytes: Buffer): string | null {
  const pairs = pairsOf(bytes);
  const joined = pairs.filter(({ at }, index) => pairs[index - 1]?.at === at - 2 || pairs[index + 1]?.at === at + 2);
  if (pairs.length < FEWEST_PAIRS || joined.length < pairs.length / 2) return null;
  const part = (of: (lead: number, trail: number) => boolean) =>
    pairs.filter(({ lead, trail }) => of(lead, trail)).length / pairs.length;
  const isKana = (lead: number, trail: number) => (lead === 0x82 && trail >= 0x9f) || lead === 0x83;
  if (part(isKana) >= 0.2 && isWhole('shift_jis', bytes)) return 'Shift-JIS';
  if (part((lead) => lead === 0xa4 || lead === 0xa5) >= 0.25 && isWhole('euc-jp', bytes)) return 'EUC-JP';
  // Hangul fill rows B0 to C8, the ideographs of GB 2312 rows B0 to F7: a longer text shows the difference.
  const isRow = (lead: number, trail: number) => trail >= 0xa1 && lead >= 0xb0;
  const usual = part((lead, trail) => isRow(lead, trail) || (trail >= 0xa1 && (lead === 0xa1 || lead === 0xa3)));
  if (usual >= 0.95) {
    const isHangul = part((lead, trail) => isRow(lead, trail) && lead > 0xc8) === 0;
    if (isHangul && pairs.length >= SURE_PAIRS && isWhole('euc-kr', bytes)) return 'EUC-KR';
    if (!isHangul && isWhole('gbk', bytes)) return 'GBK';
    return isWhole('gbk', bytes) ? 'GBK or EUC-KR' : null;
  }
  const isBig5 = (lead: number) => lead >= 0xa1 && lead <= 0xc6;
  if (part(isBig5) >= 0.9 && isWhole('big5', bytes)) return 'Big5';
  return part((lead) => lead >= 0xb0 && lead <= 0xd7) >= 0.8 && isWhole('gbk', bytes) ? 'GBK' : null;
}

/** Pairs of bytes below which we do not guess, and from which Hangul is not mistaken for Chinese. */
const FEWEST_PAIRS = 2;
const SURE_PAIRS = 8;

/** Every high byte with the one behind it. In a western text they stand apart, one or two in a word. */
function pairsOf(bytes: Buffer): { at: number; lead: number; trail: number }[] {
  const pairs = [];
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    pairs.push({ at, lead, trail: bytes[at + 1] ?? 0 });
    at++;
  }
  return pairs;
}

/** @param encoding as the Encoding Standard names it */
function isWhole(encoding: string, bytes: Buffer): boolean {
  return decoded(encoding, bytes) !== null;
}

function decoded(encoding: string, bytes: Buffer): string | null {
  if (encoding === 'windows-1252') return bytes.toString('latin1').replace(/[\x80-\x9f]/g, in1252);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null; // some bytes are not characters in that encoding
  }
}

/** 0x80 to 0x9F, where Windows-1252 is not Latin-1; Node 20 decodes both alike (nodejs/node#56542). */
const OWN_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function in1252(character: string): string {
  return OWN_1252[character.charCodeAt(0) - 0x80] ?? character;
}

/** One byte a character, the commonest first: where two fit alike, the first is named. */
const SINGLE: readonly (readonly [encoding: string, name: string, script: RegExp])[] = [
  ['windows-1252', 'Windows-1252', /\p{Script=Latin}/u],
  ['windows-1255', 'Windows-1255 (Hebrew)', /\p{Script=Hebrew}/u],
  ['windows-1251', 'Windows-1251 (Cyrillic)', /\p{Script=Cyrillic}/u],
  ['koi8-r', 'KOI8-R (Cyrillic)', /\p{Script=Cyrillic}/u],
  ['ibm866', 'CP866 (Cyrillic)', /\p{Script=Cyrillic}/u],
  ['windows-1250', 'Windows-1250 (Central Europe)', /\p{Script=Latin}/u],
  ['windows-1253', 'Windows-1253 (Greek)', /\p{Script=Greek}/u],
  ['windows-1256', 'Windows-1256 (Arabic)', /\p{Script=Arabic}/u],
  ['macintosh', 'Mac OS Roman', /\p{Script=Latin}/u],
];
/** Of the characters beyond ASCII, the part that has to be letters in plausible words. */
const PLAUSIBLE = 0.8;

function singleByte(bytes: Buffer): string | null {
  let best = { score: PLAUSIBLE, name: null as string | null };
  for (const [encoding, name, script] of SINGLE) {
    const text = decoded(encoding, bytes);
    const score = text === null ? 0 : plausibility(text, script);
    if (score > best.score || (best.name === null && score === best.score)) best = { score, name };
  }
  return best.name;
}

/** Quotes, dashes, dots and signs that writing programs put in. */
const TYPOGRAPHY =
  /[\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00ab\u00bb\u00a0\u20ac\u00a3\u00a9\u00ae\u00b0\u2122\u2022\u00bf\u00a1\u00b7\u00d7\u00a7\u00ba\u00aa]/;
const OPENING = /[\u201a\u201e]/;
/** Those of them that may stand between two letters. */
const INSIDE = /[\u2019\u2013\u2014\u2026\u00b7\u00a0\u00ba\u00aa]/;
/** Letters beyond ASCII that stand side by side in no word of a Latin script. */
const RUN = /[^\0-\x7f]{4,}/;

/** Of Cyrillic letters more than a third: letters of Hebrew, read as Cyrillic, have fewer. */
const VOWELS = /[аеиоуыэюяёіїє]/gi;

/** Of all characters beyond ASCII, the part that is what words of the script are made of. */
function plausibility(text: string, script: RegExp): number {
  const isLatin = script.test('a');
  if (isLatin && RUN.test(text)) return 0;
  let [all, letters, signs] = [0, 0, 0];
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    if (character <= '\x7f') continue;
    all++;
    const [before = '', after = ''] = [characters[index - 1], characters[index + 1]];
    const isInside = isWordlike(before) && isWordlike(after);
    const isSign = isInside ? INSIDE : TYPOGRAPHY;
    if (isSign.test(character) || (OPENING.test(character) && !isWordlike(before))) signs++;
    else if (script.test(character) && fits(before, character, script) && fits(character, after, script)) letters++;
  }
  if (all === 0 || (!isLatin && letters === 0)) return 0;
  const sounds = script.test('\u0430') ? (text.match(VOWELS)?.length ?? 0) / letters : 1;
  return sounds < 0.3 ? 0 : (letters + signs) / all;
}

function isWordlike(character: string): boolean {
  return /\p{L}/u.test(character);
}

/** Hebrew letters at the end of a word, and nowhere else. */
const FINAL = /[\u05da\u05dd\u05df\u05e3\u05e5]/;

/** Letters of one word have one script, and no capital follows a small letter. */
function fits(first: string, second: string, script: RegExp): boolean {
  if (!isWordlike(first) || !isWordlike(second)) return true;
  if (!script.test(first) || !script.test(second)) return false;
  return !FINAL.test(first) && !(/\p{Ll}/u.test(first) && /\p{Lu}/u.test(second));
}
