/**
 * What a log may do to a terminal. Its bytes come from programs of strangers, so of all escape sequences only those pass
 * that draw: colours (SGR), erasing the line and going up (both of tqdm's bars). Titles, clipboard (OSC 52), links,
 * questions to which a terminal types an answer, modes and everything unknown are left out.
 * Grammar: ECMA-48 and the state machine of vt100.net/emu/dec_ansi_parser, with C1 controls in both forms.
 */

/** Control characters but tab, line feed, return and backspace. */
const SPECIAL = /[^\P{Cc}\t\n\r\b]/u;
const STRING_INTRODUCERS = new Set([']', 'P', 'X', '^', '_', '\x9d', '\x90', '\x98', '\x9e', '\x9f']);
/** Longer parameters are nothing that draws. */
const LONGEST_PARAMETERS = 64;

type State = 'text' | 'escape' | 'charset' | 'parameters' | 'string';

/** Takes a stream apart that may be cut anywhere; what is unfinished stays inside, in a few bytes. */
export class EscapeFilter {
  private state: State = 'text';
  private parameters = '';

  /** @param colours false = nothing passes but text, for documents. */
  constructor(private readonly colours = true) {}

  push(text: string): string {
    let passed = '';
    for (let at = 0; at < text.length; ) {
      if (this.state === 'text') {
        const plain = plainLength(text, at);
        passed += text.slice(at, at + plain);
        at += plain;
        if (at >= text.length) break;
      }
      passed += this.take(text.charAt(at));
      at += 1;
    }
    return passed;
  }

  private take(character: string): string {
    // A line end breaks off whatever was begun: a log that was cut inside a sequence must not hide the rest.
    if (character === '\n' && this.state !== 'text') return this.enter('text', '\n');
    if (character === '\x1b') return this.enter('escape');
    switch (this.state) {
      case 'text':
        return this.takeControl(character);
      case 'escape':
        return this.takeEscape(character);
      case 'charset':
        return character >= ' ' && character <= '/' ? '' : this.enter('text');
      case 'parameters':
        return this.takeParameter(character);
      case 'string':
        return character === '\x07' || character === '\x9c' ? this.enter('text') : '';
    }
  }

  private takeControl(character: string): string {
    if (character === '\x9b') return this.enter('parameters');
    return STRING_INTRODUCERS.has(character) ? this.enter('string') : '';
  }

  private takeEscape(character: string): string {
    if (character === '[') return this.enter('parameters');
    if (STRING_INTRODUCERS.has(character)) return this.enter('string');
    return this.enter(character >= ' ' && character <= '/' ? 'charset' : 'text');
  }

  private takeParameter(character: string): string {
    if (character >= ' ' && character <= '?') {
      if (this.parameters.length < LONGEST_PARAMETERS) this.parameters += character;
      return '';
    }
    const draws = this.colours && isDrawing(this.parameters, character);
    return this.enter('text', draws ? `\x1b[${this.parameters}${character}` : '');
  }

  private enter(state: State, passed = ''): string {
    this.state = state;
    this.parameters = '';
    return passed;
  }
}

function plainLength(text: string, from: number): number {
  const rest = from === 0 ? text : text.slice(from);
  const found = rest.search(SPECIAL);
  return found < 0 ? rest.length : found;
}

function isDrawing(parameters: string, final: string): boolean {
  switch (final) {
    case 'm':
      return /^[\d;:]*$/.test(parameters) && parameters.length < LONGEST_PARAMETERS;
    case 'K':
      return /^[012]?$/.test(parameters);
    case 'A':
      return /^\d?$/.test(parameters);
    default:
      return false;
  }
}
