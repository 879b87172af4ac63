/** Cuts text that is almost JSON into tokens: comments, single quotes and bare words are accepted. */

export interface Token {
  readonly kind: 'space' | 'comment' | 'string' | 'quoted' | 'mark' | 'word' | 'other';
  /** Offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const KINDS = ['space', 'comment', 'string', 'quoted', 'mark', 'word', 'other'] as const;
const TOKEN = new RegExp(
  [
    /([ \t\n\r]+)/, // space
    /(\/\/[^\n\r]*|#[^\n\r]*|\/\*[\s\S]*?\*\/)/, // comment
    /("(?:[^"\\\n\r]|\\[^\n\r])*")/, // string
    /('(?:[^'\\\n\r]|\\[^\n\r])*')/, // quoted
    /([{}[\]:,])/, // mark
    /([^\s{}[\]:,"'#/]+)/, // word: a number, true, None
    /([\s\S])/, // other: a quote that is never closed
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** All of the text, in order and without gaps. */
export function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), (match) => {
    const kind = KINDS.find((_, index) => match[index + 1] !== undefined) ?? 'other';
    return { kind, start: match.index, end: match.index + match[0].length, text: match[0] };
  });
}

/** A token that means something, and its neighbours that do. */
export interface Neighboured {
  readonly token: Token;
  readonly before: Token | undefined;
  readonly after: Token | undefined;
}

/** Without space and comments. */
export function meaningful(tokens: readonly Token[]): Neighboured[] {
  const solid = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return solid.map((token, index) => ({ token, before: solid[index - 1], after: solid[index + 1] }));
}
