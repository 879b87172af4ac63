/** Finds passwords in addresses: https://user:password@host, user:password@host:port. */
import { hasRandomRun, type Reader, type Span } from './span.js';

export const logins: Reader = (text) => [
  ...(text.includes('://') ? inUrls(text) : []),
  ...(text.includes('@') ? bare(text) : []),
];

/** Behind "://" of each URL up to the next one, or to a blank; each character is looked at once. */
const URL_REST = /:\/\/((?:(?!:\/\/)[^\s<>`])*)/g;

function inUrls(text: string): Span[] {
  return [...text.matchAll(URL_REST)].flatMap(({ index, 1: rest = '' }) => {
    const found = passwordOf(rest);
    const from = index + '://'.length;
    return found === undefined ? [] : [{ start: from + found.start, end: from + found.end }];
  });
}

/** What stands behind the name of a server that has a port, and no user. */
const PORT = /^(?:\d{1,5}(?=["'`,;)\]}|/?#\\]|$)|$)/;

/** Of `user:password@host/path`. A password is rarely encoded as it should be, so "/", "#", "@" may stand in it. */
function passwordOf(rest: string): Span | undefined {
  const [user = ''] = /^[^:/?#@"]*/.exec(rest) ?? [];
  if (rest[user.length] === '@') return isToken(user) ? { start: 0, end: user.length } : undefined;
  if (rest[user.length] !== ':') return undefined;
  const start = user.length + 1;
  const password = rest.slice(start);
  if (PORT.test(password)) return undefined;
  const cut = /^[^\s/@]*(?:\.\.\.|…)/.exec(password);
  if (cut !== null) return { start, end: start + cut[0].length };
  const ends = [/["/?#]/, /"/, /[/?#]/].map((stop) => lastAt(password, stop));
  const end = ends.find((one) => one >= 0) ?? -1;
  return end <= 0 ? undefined : { start, end: start + end };
}

/** Offset of the last "@" before the first character that stops; -1 when there is none. */
function lastAt(text: string, stop: RegExp): number {
  const limit = text.search(stop);
  return limit === 0 ? -1 : text.lastIndexOf('@', limit === -1 ? text.length : limit);
}

/** Some servers take a token for the user. */
function isToken(user: string): boolean {
  return hasRandomRun(user, 20);
}

/** Words that stand before an address and are no account. */
const LABELS = /^(?:mailto|sips?|xmpp|acct|npm|jsr|person|owner|from|to|by|cc|\d+)$/i;
/** What is a host behind "@": no digest of an image, no version of a package. */
const NO_HOST = /^(?:sha\d+:|[\^~]|v?\d+(?:\.\d+){0,2}(?![\w.]|-\d)|v?\d+\.\d+\.\d+-[a-z]|latest\b|next\b)/i;
const EVENT = /[\s"'`<>,;|(){}]|[:@]/g;

/** user:password@host without a scheme, as scp and people write it. One pass: a word's first colon, then its "@". */
function bare(text: string): Span[] {
  const found: Span[] = [];
  let word = 0;
  let colon = -1;
  for (const { 0: sign, index } of text.matchAll(EVENT)) {
    if (sign === ':') {
      if (colon === -1 && isUser(text, word, index)) colon = index;
    } else if (sign === '@') {
      if (colon === -1)
        colon = Number.POSITIVE_INFINITY; // a host follows, and behind it a port or a path
      else if (colon < index - 1 && isLogin(text, colon, index)) found.push({ start: colon + 1, end: index });
    } else {
      word = index + 1;
      colon = -1;
    }
  }
  return found;
}

/** Longer is no name of an account (32 on Linux, 64 with a domain). */
const LONGEST_USER = 64;

function isUser(text: string, word: number, colon: number): boolean {
  const before = text.slice(Math.max(word, colon - LONGEST_USER), colon);
  const [user = ''] = /[\w.%+-]+$/.exec(before) ?? [];
  const isDrive = user.length === 1 && /[\\/]/.test(text[colon + 1] ?? '');
  return user !== '' && !isDrive && !LABELS.test(user);
}

/** A path between the colon and "@" is one of scp (host:folder/a@b), or of a file. */
function isLogin(text: string, colon: number, at: number): boolean {
  const host = text.slice(at + 1, at + 1 + LONGEST_USER);
  const hasPath = at - colon > 512 || /[\\/]/.test(text.slice(colon + 1, at));
  return !hasPath && /^[[\w]/.test(host) && !NO_HOST.test(host);
}
