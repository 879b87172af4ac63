/** Thousands of mis-encoded and damaged texts through the one reader: exactly the text, or a refusal. Seeded. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CosmosError } from '../../../daemon/errors.js';
import { decodeProse } from '../../../daemon/text/decode.js';
import { encodeText } from '../../../daemon/text/form.js';
import { TextProblem } from '../../../daemon/text/problem.js';
import { makeClip } from '../../support/clips.js';
import { ENCODINGS, inOldEncoding, SENTENCES } from '../../support/encodings.js';
import { hostileProse } from '../../support/hostile.js';
import { seededRandom } from '../../support/random.js';
import { makeSubmissions } from '../../support/submissions.js';
import { tempDir } from '../../support/tmp.js';

const HOW_MANY = 5000;
const OLD = ['windows-1252', 'windows-1251', 'windows-1250', 'koi8-r', 'shift_jis', 'gbk', 'euc-kr', 'euc-jp', 'big5'];

interface Case {
  readonly bytes: Buffer;
  /** What it must be read as; null = refused or the text that a foreign decoder finds in it. */
  readonly text: string | null;
}

function* cases(seed: number): Generator<Case> {
  const random = seededRandom(seed);
  const upTo = (end: number) => Math.floor(random() * end);
  const pick = <T>(list: readonly T[]) => list[upTo(list.length)] as T;
  const prose = () => (random() < 0.2 ? hostileProse(random) : pick(Object.values(SENTENCES)));
  const sentence = () => Array.from({ length: 1 + upTo(3) }, prose).join(pick([' ', '\n', '\r\n', '\r']));
  const modern = (text: string) => {
    const encoding = pick(ENCODINGS);
    return encodeText(text, { encoding, bom: encoding !== 'utf-8' || random() < 0.5 });
  };
  const anyBytes = () => (random() < 0.6 ? modern(sentence()) : (old(sentence(), pick(OLD)) ?? modern(sentence())));
  for (let i = 0; i < HOW_MANY; i++) {
    const text = sentence();
    switch (upTo(8)) {
      case 0:
      case 1:
        yield { bytes: modern(text), text };
        break;
      case 2:
        yield { bytes: old(text, pick(OLD)) ?? Buffer.from(text), text: null };
        break;
      case 3: // torn at any byte, at either end
        yield { bytes: anyBytes().subarray(random() < 0.5 ? 0 : upTo(5), 1 + upTo(80)), text: null };
        break;
      case 4: // without its mark
        yield { bytes: encodeText(text, { encoding: pick(ENCODINGS.slice(1)), bom: false }), text: null };
        break;
      case 5: {
        const bytes = anyBytes();
        const at = upTo(bytes.length);
        const put = Buffer.from(pick(['00', 'efbfbd', 'ff', '1b', 'eda080', 'c280', 'fffe', '0000', 'c3']), 'hex');
        yield { bytes: Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at)]), text: null };
        break;
      }
      case 6:
        yield { bytes: Buffer.concat([anyBytes(), anyBytes()]), text: null };
        break;
      default:
        yield { bytes: Buffer.from(Array.from({ length: upTo(60) }, () => upTo(256))), text: null };
    }
  }
}

function old(text: string, encoding: string): Buffer | null {
  try {
    return inOldEncoding(text, encoding);
  } catch {
    return null; // it has no such letters
  }
}

/** The same by the decoders of the platform; undefined = they refuse it. */
function foreign(bytes: Buffer): string | undefined {
  const begins = (hex: string) => bytes.subarray(0, hex.length / 2).toString('hex') === hex;
  try {
    if (bytes.length % 4 === 0 && (begins('fffe0000') || begins('0000feff'))) return foreignUtf32(bytes);
    const name = begins('fffe') ? 'utf-16le' : begins('feff') ? 'utf-16be' : 'utf-8';
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function foreignUtf32(bytes: Buffer): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const codes = Array.from({ length: bytes.length / 4 - 1 }, (_, i) => view.getUint32(4 * i + 4, bytes[0] === 0xff));
  return codes.map((code) => String.fromCodePoint(code)).join('');
}

/** As a spec may never hold it; written in another way than the reader's own rule. */
function isSound(text: string): boolean {
  return [...text].every((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    return character === '\t' || character === '\n' || character === '\r' || !(isControl || isHalf || code === 0xfffd);
  });
}

test(`${HOW_MANY} texts are read as they were written, or refused with a sentence`, () => {
  const counts = { read: 0, refused: 0 };
  for (const { bytes, text } of cases(13)) {
    const decoded = decodeProse(bytes);
    const context = bytes.toString('hex');
    if (decoded instanceof TextProblem) {
      counts.refused++;
      expect(text, context).toBeNull();
      expect(decoded.of('prompt.txt'), context).toMatch(/^prompt\.txt(:\d+:\d+)?: (this|the text) .*[^.]; .*[^.]$/);
      expect(isSound(decoded.sentence), context).toBe(true);
    } else {
      counts.read++;
      expect(decoded.text, context).toBe(text ?? foreign(bytes));
      expect(isSound(decoded.text), context).toBe(true);
    }
  }
  expect(counts.read).toBeGreaterThan(HOW_MANY / 5);
  expect(counts.refused).toBeGreaterThan(HOW_MANY / 3);
});

test('a prompt file becomes the prompt of a spec whole, or no spec at all', async () => {
  const folder = path.join(tempDir(), 'lot');
  const promptFile = path.join(folder, 'prompt.txt');
  const { submissions } = makeSubmissions({ clips: [makeClip(folder, { promptFile })] });
  const some = [...cases(26)].slice(0, 120);
  const counts = { read: 0, refused: 0 };
  for (const { bytes, text } of some) {
    writeFileSync(promptFile, bytes);
    const plans = await submissions.plan({ targets: ['lot'] }).catch((error: unknown) => error);
    const context = bytes.toString('hex');
    if (Array.isArray(plans)) {
      counts.read++;
      const { prompt } = JSON.parse(plans[0].spec);
      expect(isSound(prompt), context).toBe(true);
      const wanted = (text ?? foreign(bytes) ?? '').replace(/\r\n?/g, '\n').trim();
      if (wanted !== '') expect(prompt, context).toBe(wanted);
      expect(plans[0].check.ok, context).toBe(true);
    } else {
      counts.refused++;
      expect(plans).toBeInstanceOf(CosmosError);
      expect(plans).toMatchObject({ code: 'no_prompt', message: expect.stringContaining(promptFile) });
      expect(text, context).toBeNull();
    }
  }
  expect(counts.read).toBeGreaterThan(20);
  expect(counts.refused).toBeGreaterThan(20);
});
