/**
 * Filters the escape sequences of a log before it reaches a terminal. Its bytes come from other programs, so only those
 * sequences pass that draw: colours (SGR), erasing the line and going up within the log (both used by the bars of
 * tqdm). Titles, clipboard (OSC 52), links, questions to which a terminal types an answer, modes, hidden text and
 * everything unknown do nothing. Grammar: ECMA-48 and the state machine of vt100.net/emu/dec_ansi_parser, with C1
 * controls in both forms.
 */
import { shownLine } from './shown-text.js';

export interface EscapeOptions {
  /** False: no sequence passes, for documents. */
  readonly draws?: boolean;
  /** What does not pass is left out, or shown as {@link shownLine} has it. Other text that acts is always shown. */
  readonly refused: 'left out' | 'shown';
}

/** Control characters but tab, line feed, return and backspace, which move within the line. */
const SPECIAL = /[^\P{Cc}\t\n\r\b]/u;
const STRING_INTRODUCERS = new Set([']', 'P', 'X', '^', '_', '\x9d', '\x90', '\x98', '\x9e', '\x9f']);
/** Longer parameters are nothing that draws. */
const LONGEST_PARAMETERS = 64;

type State = 'text' | 'escape' | 'charset' | 'parameters' | 'string';

/** Takes a stream apart that may be cut anywhere; what is unfinished stays inside, in a few bytes. */
export class EscapeFilter {
  private readonly draws: boolean;
  private readonly shows: boolean;
  private state: State = 'text';
  /** The introducer of an unfinished sequence, and its parameters. */
  private introducer = '';
  private parameters = '';
  /** First half of a surrogate pair that the stream was cut in. */
  private half = '';
  /** Lines of the log above the cursor: it never goes up into what was there before. */
  private above = 0;
  private isPainted = false;

  constructor({ draws = true, refused }: EscapeOptions) {
    this.draws = draws;
    this.shows = refused === 'shown';
  }

  push(piece: string): string {
    const joined = this.half + piece;
    const isCut = /[\ud800-\udbff]$/.test(joined);
    this.half = isCut ? joined.slice(-1) : '';
    const text = isCut ? joined.slice(0, -1) : joined;
    let passed = '';
    for (let at = 0; at < text.length; ) {
      if (this.state === 'text') {
        const plain = plainLength(text, at);
        passed += this.takeText(text.slice(at, at + plain));
        at += plain;
        if (at >= text.length) break;
      }
      passed += this.take(text.charAt(at));
      at += 1;
    }
    return passed;
  }

  /** What is left when the log is over: an unfinished sequence where it is shown, and the end of its colours. */
  end(): string {
    const rest = this.break() + shownLine(this.half);
    const plain = this.isPainted ? '\x1b[0m' : '';
    this.half = '';
    this.isPainted = false;
    return rest + plain;
  }

  private takeText(text: string): string {
    for (const character of text) if (character === '\n') this.above++;
    return text.replace(/[^\t\n\r\b]+/g, shownLine);
  }

  private take(character: string): string {
    // A line end breaks off whatever was begun: a log that was cut inside a sequence must not hide the rest.
    if (character === '\n') return this.break() + this.takeText('\n');
    if (character === '\x1b') return this.break() + this.enter('escape', character);
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
    if (character === '\x9b') return this.enter('parameters', character);
    return this.refuse(character, STRING_INTRODUCERS.has(character) ? 'string' : 'text');
  }

  private takeEscape(character: string): string {
    if (character === '[') return this.enter('parameters', this.introducer + character);
    if (STRING_INTRODUCERS.has(character)) return this.refuse(character, 'string');
    return this.refuse(character, character >= ' ' && character <= '/' ? 'charset' : 'text');
  }

  private takeParameter(character: string): string {
    if (character >= ' ' && character <= '?') {
      if (this.parameters.length < LONGEST_PARAMETERS) this.parameters += character;
      else if (this.shows) return this.refuse(character, 'text');
      return '';
    }
    if (!this.draws || !this.isDrawing(character)) return this.refuse(character, 'text');
    const sequence = `\x1b[${this.parameters}${character}`;
    this.enter('text');
    return sequence;
  }

  /** Whether the sequence with this final character may draw; what it moves is kept in mind. */
  private isDrawing(final: string): boolean {
    const { parameters } = this;
    switch (final) {
      case 'm':
        if (!/^[\d;:]*$/.test(parameters) || parameters.length >= LONGEST_PARAMETERS || hides(parameters)) return false;
        this.isPainted = !/^0*$/.test(parameters);
        return true;
      case 'K':
        return /^[012]?$/.test(parameters);
      case 'A': {
        if (!/^\d?$/.test(parameters)) return false;
        const lines = Math.max(1, Number(parameters)); // 0 and nothing mean 1
        if (lines > this.above) return false;
        this.above -= lines;
        return true;
      }
      default:
        return false;
    }
  }

  /** @param next where what is left out goes on; what is shown goes on as text. */
  private refuse(character: string, next: State): string {
    const sequence = this.introducer + this.parameters + character;
    this.enter(this.shows ? 'text' : next);
    return this.shows ? shownLine(sequence) : '';
  }

  /** Gives up what was begun. */
  private break(): string {
    return this.refuse('', 'text');
  }

  private enter(state: State, introducer = ''): string {
    this.state = state;
    this.introducer = introducer;
    this.parameters = '';
    return '';
  }
}

function plainLength(text: string, from: number): number {
  const rest = from === 0 ? text : text.slice(from);
  const found = rest.search(SPECIAL);
  return found < 0 ? rest.length : found;
}

/** Concealed text (8), which can be copied without being seen; colours by number (38, 48, 58) may hold an 8. */
function hides(parameters: string): boolean {
  const others = parameters.replace(/[345]8[;:](?:5[;:]\d*|2(?:[;:]\d*){3,4})/g, '');
  return others.split(/[;:]/).some((number) => number !== '' && Number(number) === 8);
}
