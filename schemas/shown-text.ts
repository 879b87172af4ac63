/**
 * Makes text from outside safe to show: folder names, prompts, words of a host, log lines. Characters that would act on
 * a terminal or reverse a line are made visible instead.
 */

/**
 * What is never shown as it is: control characters (C0, DEL, C1), halves of a surrogate pair, separators of lines and
 * paragraphs, the controls of writing direction (Unicode Standard Annex 9, section 2), and what takes no room at all.
 * The joiners U+200C and U+200D stay: Persian and family emoji are written with them.
 */
const ACTIVE =
  /\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]/gu;

/** One line: line ends and tabs are made visible, too. */
export function shownLine(text: string): string {
  return text.replace(ACTIVE, escaped);
}

/** Several lines: LF, CR LF and tabs stay. */
export function shownText(text: string): string {
  return text.replace(ACTIVE, (found, offset: number) => {
    const isLineEnd = found === '\n' || found === '\t' || (found === '\r' && text[offset + 1] === '\n');
    return isLineEnd ? found : escaped(found);
  });
}

/** A name that this version has no words for: "waiting_for_quota" and "waitingForQuota" become "waiting for quota". Plain words stay as they are. */
export function inWords(name: string): string {
  return name
    .replace(/(?<=[a-z0-9])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll(/[_-]+/g, ' ')
    .trim();
}

/** Written as in a JavaScript string literal, so that it can be copied and looked up. */
function escaped(found: string): string {
  switch (found) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default: {
      const code = found.charCodeAt(0); // every one of them is one unit
      return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
    }
  }
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
