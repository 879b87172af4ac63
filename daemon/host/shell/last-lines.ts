/** The last lines of a host's output, to be quoted in a sentence. */
import { stripVTControlCharacters } from 'node:util';
import { HEARD, LOGIN_COMMAND, READY } from './command.js';

const LINES = 4;
const LINE_LENGTH = 160;

/**
 * The last lines with letters or digits, joined to one line without control characters; '' when there are none. `text` may be
 * anything: a greeting in colours, a progress bar, noise.
 */
export function lastLines(text: string): string {
  const lines = stripVTControlCharacters(text)
    .replaceAll(LOGIN_COMMAND, '(our command)')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\p{C}\s\ufffd]+/gu, ' ').trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && !line.includes(READY) && !line.includes(HEARD));
  return lines
    .filter((line, at) => line !== lines[at - 1])
    .slice(-LINES)
    .map((line) => (line.length > LINE_LENGTH ? `${[...line].slice(0, LINE_LENGTH).join('')}…` : line))
    .join(' ');
}
