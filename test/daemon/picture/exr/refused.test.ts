/** What the door to pictures says of EXR files that are not read, and of those that it reads with a word. */
import path from 'node:path';
import { expect, test } from 'vitest';
import type { PassName } from '../../../../schemas/index.js';
import { mediaTools } from '../../../support/encoder.js';
import { pictureReader } from '../../../support/pictures.js';
import { tempDir } from '../../../support/tmp.js';
import { type ExrWish, makeExr, type PartWish } from '../make-exr.js';

const DISPLAY = [0, 0, 31, 23] as const;
const RGB: PartWish['channels'] = { R: 'half', G: 'half', B: 'half' };
const view = (name: string): PartWish => ({
  name: `rgba.${name}`,
  display: DISPLAY,
  channels: RGB,
  attributes: { view: ['string', name] },
});

interface Case {
  readonly file: Omit<ExrWish, 'file'>;
  readonly pass: PassName;
  readonly problem: RegExp | null;
  readonly notes?: readonly RegExp[];
}

const color = (part: Partial<PartWish>, more: Partial<ExrWish> = {}) => ({
  file: { parts: [{ display: DISPLAY, channels: RGB, ...part }], ...more },
  pass: 'color' as const,
});

const CASES: Readonly<Record<string, Case>> = {
  htj2k32: { ...color({ compression: 'htj2k32' }), problem: /HTJ2K32.*write it with ZIP or DWAA/ },
  htj2k256: { ...color({ compression: 'htj2k256' }), problem: /HTJ2K256.*write it with ZIP or DWAA/ },
  zstd: { ...color({ compression: 'zstd' }), problem: /compression.*write it with ZIP or DWAA/ },
  deep: { ...color({}, { writer: 'deep' }), problem: /deep samples.*flatten/ },
  'luminance and chroma': {
    ...color({
      channels: { Y: 'half', RY: { type: 'half', sampling: [2, 2] }, BY: { type: 'half', sampling: [2, 2] } },
    }),
    problem: /luminance and chroma.*write R, G and B/,
  },
  'a sub-sampled channel beside others': {
    ...color({ channels: { ...RGB, mask: { type: 'half', sampling: [2, 2] } } }),
    problem: null,
    notes: [/sub-sampled/],
  },
  'ids and colours in one layer': {
    ...color({ channels: { R: 'half', G: 'uint', B: 'half' } }),
    problem: /mixes whole numbers and floats/,
  },
  'nothing for the pass': {
    ...color({
      channels: { 'a.R': 'half', 'a.G': 'half', 'a.B': 'half', 'b.R': 'half', 'b.G': 'half', 'b.B': 'half' },
    }),
    problem: /no layer for the pass color; it has a, b: name one/,
  },
  stereo: {
    file: { parts: [view('right'), view('left')] },
    pass: 'color',
    problem: null,
    notes: [/stereo: the left view is used/],
  },
};

test('what is not read is refused with what to do, and the rest is told what a person should know', async () => {
  const folder = tempDir();
  const fileOf = (name: string) => path.join(folder, `${name.replaceAll(' ', '-')}.exr`);
  await makeExr(Object.entries(CASES).map(([name, { file }]) => ({ ...file, file: fileOf(name) })));
  const pictures = pictureReader(await mediaTools());
  for (const [name, { pass, problem, notes = [] }] of Object.entries(CASES)) {
    const found = await pictures.check(fileOf(name), pass, undefined);
    if (problem === null) expect(found.problem, name).toBeNull();
    else expect(found.problem, name).toMatch(problem);
    expect(found.notes, name).toHaveLength(notes.length);
    for (const [at, note] of notes.entries()) expect(found.notes[at], name).toMatch(note);
  }
});
