/** Finds secrets that are encoded in base64, as tools do with passwords and keys. */
import type { Reader, Span } from './span.js';

/** The shortest that is looked into, in characters, is a known secret of six bytes. */
const RUN = /[A-Za-z0-9+/_-]{8,}={0,2}/g;
/** The head of every private key of OpenSSH, before its first line break. */
const OPENSSH = 'openssh-key-v1\0';
/** One of these is in every secret that is known by how it looks; most of what is decoded is quickly passed over. */
const SIGN = /[-_:=.]|AKIA|ASIA|AIza|eyJ/;

/** Who looks into what was encoded. */
interface Readers {
  readonly ofText: readonly Reader[];
  readonly ofBytes: readonly Reader[];
  /** Finds the known ones. */
  readonly values: Reader;
}

/** The text before base64 may consist of the same letters, so all four offsets at which it can begin are tried. */
export function encodedSecrets(text: string, readers: Readers): Span[] {
  return [...text.matchAll(RUN)]
    .filter(([run]) => /[A-Z]/.test(run)) // words of a sentence are in small letters, encoded text hardly ever is
    .filter(([run]) => [0, 1, 2, 3].some((offset) => hidesOne(run.slice(offset), readers)))
    .map(({ 0: run, index }) => ({ start: index, end: index + run.length }));
}

function hidesOne(run: string, { ofText, ofBytes, values }: Readers): boolean {
  const plain = decoded(run);
  if (plain === undefined) return false;
  if (plain.startsWith(OPENSSH)) return true;
  if (values(plain).length > 0) return true;
  if (!SIGN.test(plain)) return false;
  // In bytes that are no text, a colon and an at sign say nothing.
  const isText = /^[\t\r\n -~]*$/.test(plain);
  return (isText ? ofText : ofBytes).some((read) => read(plain).length > 0);
}

function decoded(run: string): string | undefined {
  const letters = run.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  try {
    return atob(letters.slice(0, letters.length % 4 === 1 ? -1 : undefined));
  } catch {
    return undefined; // not base64 after all
  }
}
