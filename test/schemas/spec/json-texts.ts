/** Texts that are JSON, or nearly: from a grammar of what specs hold, then damaged. The same for the same seed. */
import { seededRandom } from '../../support/random.js';

const SCALARS = [
  ...['0', '-0', '7', '-12', '007', '1.5', '-0.0', '1e3', '1E-3', '1e999', '.5', '5.', '+1', '1_000', '0x1f'],
  ...['9007199254740993', '123456789012345678901234567890', '-9223372036854775809'],
  ...['true', 'false', 'null', 'True', 'None', 'NaN', 'Infinity', '-Infinity', '-NaN', 'nan', 'undefined'],
  ...[
    '""',
    '"a street"',
    '"\\u00e9"',
    '"\\ud83d\\ude00"',
    '"\\ud800"',
    '"\\udc80x"',
    '"\\ud83d\\u0041"',
    '"😀"',
    '"é"',
  ],
  ...[
    '"\\n\\t\\"\\\\\\/"',
    '"\\x"',
    '"\\u12"',
    '"\\u12g4"',
    '"tab\there"',
    '"\u2028"',
    '"\u007f"',
    "'single'",
    '"\\u0000"',
  ],
];
const KEYS = ['name', 'prompt', 'edge', 'name', '__proto__', 'toString', '', 'é'];
const DAMAGE = [
  ...[',', ',,', '"', '{', '}', '[', ']', ':', '//x\n', '/*x*/', '#', '\\', '\ufeff', '\u00a0', '\u2028', '\u0085'],
  ...['\u000b', '\r', '\n', '\r\n', '\t', ' ', '\u0000', '\u001f', '-', '0', 'e', '.', '\\u', '\\ud800', "'"],
];

export class JsonTexts {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  next(): string {
    let text = this.value(0);
    while (this.random() < 0.4) text = this.damaged(text);
    return this.random() < 0.03 ? `\ufeff${text}` : text;
  }

  private value(depth: number): string {
    const kind = this.random();
    if (depth > 3 || kind < 0.45) return this.pick(SCALARS);
    const parts = Array.from({ length: Math.floor(this.random() * 4) }, () => this.value(depth + 1));
    const [open, close] = kind < 0.65 ? ['[', ']'] : ['{', '}'];
    const members =
      open === '[' ? parts : parts.map((part) => `${JSON.stringify(this.pick(KEYS))}:${this.space()}${part}`);
    return `${open}${this.space()}${members.join(`${this.space()},${this.space()}`)}${this.space()}${close}`;
  }

  private space(): string {
    return this.pick(['', '', ' ', '\n  ', '\r\n', '\t']);
  }

  private damaged(text: string): string {
    const at = Math.floor(this.random() * (text.length + 1));
    const cut = this.random() < 0.5 ? 0 : 1;
    return text.slice(0, at) + (this.random() < 0.7 ? this.pick(DAMAGE) : '') + text.slice(at + cut);
  }

  private pick(from: readonly string[]): string {
    return from[Math.floor(this.random() * from.length)] ?? '';
  }
}
