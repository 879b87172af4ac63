/** cosmos.toml is written to in the encoding and with the line ends that it has. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../daemon/config.js';
import { addToConfig, type CompleteDraft } from '../../../daemon/fleet/add-to-config.js';
import { removeFromConfig } from '../../../daemon/fleet/remove-from-config.js';
import { encodeText } from '../../../daemon/text/form.js';
import { ENCODINGS, inOldEncoding } from '../../support/encodings.js';
import { tempDir } from '../../support/tmp.js';

const DRAFT: CompleteDraft = { name: 'gpu1', ssh: 'me@gpu1', root: '/home/größe', ownership: 'mine' };
const TEXT = '# café, mist, 雨 \u{1f327}\n[local]\nslots = 2 # two\n';

test.each(['\n', '\r\n', '\r'])('a host comes and goes, and every byte is as it was; lines end with %j', (end) => {
  for (const encoding of ENCODINGS) {
    for (const bom of encoding === 'utf-8' ? [true, false] : [true]) {
      const file = path.join(tempDir(), 'cosmos.toml');
      const before = encodeText(TEXT.replaceAll('\n', end), { encoding, bom });
      writeFileSync(file, before);
      addToConfig(DRAFT, file);
      const added = readFileSync(file);
      expect(added.subarray(0, before.length).equals(before)).toBe(true);
      expect(loadConfig(file).config).toMatchObject({ local: { slots: 2 }, host: [DRAFT] });
      const others = encodeText(end === '\r\n' ? '' : end === '\n' ? '\r' : '\n', { encoding, bom: false });
      if (others.length > 0) expect(added.includes(others)).toBe(false);
      expect(removeFromConfig('gpu1', file)).toBe(true);
      const left = readFileSync(file);
      expect(left.subarray(0, before.length).equals(before)).toBe(true);
      expect(left.length - before.length).toBeLessThanOrEqual(encodeText(end, { encoding, bom: false }).length);
    }
  }
});

test.each([
  [
    'Windows-1252',
    inOldEncoding('# café\n[local]\nslots = 2\n', 'windows-1252'),
    /cosmos\.toml:1:6: this is not UTF-8/,
  ],
  [
    'UTF-16 without its mark',
    encodeText(TEXT, { encoding: 'utf-16le', bom: false }),
    /cosmos\.toml: this is UTF-16 without/,
  ],
  [
    'torn UTF-16',
    encodeText(TEXT, { encoding: 'utf-16be', bom: true }).subarray(0, -1),
    /cosmos\.toml:3:16: this is UTF-16/,
  ],
])('%s is refused, and not a byte of it is changed', (_, bytes, words) => {
  const file = path.join(tempDir(), 'cosmos.toml');
  writeFileSync(file, bytes);
  expect(() => loadConfig(file)).toThrow(words);
  expect(() => addToConfig(DRAFT, file)).toThrow(words);
  expect(() => removeFromConfig('gpu1', file)).toThrow(words);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('places of mistakes are those of the editor, whatever the encoding', () => {
  for (const encoding of ENCODINGS) {
    const file = path.join(tempDir(), 'cosmos.toml');
    writeFileSync(file, encodeText('# é 雨\r\n[local]\r\nslots = = 2\r\n', { encoding, bom: true }));
    expect(() => loadConfig(file)).toThrow(/cosmos\.toml:3:9: this is not TOML/);
    writeFileSync(file, encodeText('[preset.dusk]\nprompt = "a\\u0000b"\n', { encoding, bom: true }));
    expect(() => loadConfig(file)).toThrow(
      'cosmos.toml:2: preset.dusk.prompt: at character 2 the text holds a NUL (U+0000); write it again there.',
    );
  }
});
