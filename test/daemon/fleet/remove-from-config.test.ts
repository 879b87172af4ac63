import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../../daemon/config.js';
import { addToConfig } from '../../../daemon/fleet/add-to-config.js';
import { removeFromConfig } from '../../../daemon/fleet/remove-from-config.js';
import { tempDir } from '../../support/tmp.js';

function fileWith(text: string): string {
  const file = path.join(tempDir(), 'cosmos.toml');
  writeFileSync(file, text);
  return file;
}

const ENTRY = (name: string) =>
  `[[host]]\nname = "${name}" # ours\n# inside\nssh = "${name}"\nroot = "/r"\nownership = "mine"\n`;
const HEAD = '# my hosts\n[local]\nslots   =   2 # two\n\n# the big one\n';
const QUEUE = '# may wait\n[queue]\non_start = "paused"\n';

test.each([
  ['the only one', `${HEAD}${ENTRY('gpu1')}`, HEAD],
  ['the last of two', `${HEAD}${ENTRY('gpu0')}\n${ENTRY('gpu1')}`, `${HEAD}${ENTRY('gpu0')}`],
  ['the first of two', `${HEAD}${ENTRY('gpu1')}\n${ENTRY('gpu2')}${QUEUE}`, `${HEAD}${ENTRY('gpu2')}${QUEUE}`],
  ['with engines', `${ENTRY('gpu1')}[host.engine.cosmos3]\nimage = "x"\n\n${QUEUE}`, QUEUE],
  [
    'with something of others between its tables',
    `${ENTRY('gpu1')}\n${QUEUE}\n[host.engine.cosmos3]\nimage = "x"`,
    QUEUE,
  ],
  ['with Windows line ends', `# a\r\n${ENTRY('gpu1').replaceAll('\n', '\r\n')}# b\r\n`, '# a\r\n# b\r\n'],
])('a host is taken out, and the rest stays byte for byte: %s', (_, before, after) => {
  const file = fileWith(before);
  expect(removeFromConfig('gpu1', file)).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(after);
});

test('what was added is taken out again', () => {
  const file = fileWith(QUEUE);
  addToConfig(
    { name: 'gpu1', ssh: 'a', root: '/r', ownership: 'mine', engine: { 'transfer2.5': { image: 'x' } } },
    file,
  );
  expect(loadConfig(file).config.host).toHaveLength(1);
  removeFromConfig('gpu1', file);
  expect(readFileSync(file, 'utf8')).toBe(QUEUE);
});

test('a host without an entry leaves the file alone', () => {
  const file = fileWith(HEAD);
  expect(removeFromConfig('gpu1', file)).toBe(false);
  expect(removeFromConfig('gpu1', path.join(tempDir(), 'none.toml'))).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe(HEAD);
});

test('an entry inside a list is left to a person', () => {
  const text = 'host = [{ name = "gpu1", ssh = "a", root = "/r", ownership = "mine" }]\n';
  const file = fileWith(text);
  expect(() => removeFromConfig('gpu1', file)).toThrow('do it by hand');
  expect(readFileSync(file, 'utf8')).toBe(text);
});
