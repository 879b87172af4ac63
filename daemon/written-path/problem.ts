/** Why a written path cannot be used: the rest of a sentence that begins with the path. */
export class PathProblem extends Error {}

/** Letters that TOML and JSON turn into a control character behind a backslash (toml.io 1.1, "String"; RFC 8259). */
const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
};

/** The text in quotes; control characters are shown as the escapes ("\n") from which they came. */
export function withBackslashes(text: string): string {
  const shown = text.replace(
    /\p{Cc}/gu,
    (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  // A share whose first backslash was eaten as well: "\\nas\new" holds \nas and a line break.
  const share = shown !== text && /^\\[^\\]/.test(text) ? `\\${shown}` : shown;
  return `"${share}"`;
}
