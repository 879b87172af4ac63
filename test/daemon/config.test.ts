import path from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../daemon/config.js';
import { Config } from '../../schemas/index.js';

const file = path.resolve('folder', 'cosmos.toml');

test('an empty file gives every default', () => {
  expect(parseConfig('', file)).toEqual(Config.parse({}));
});

test('a relative watch path is relative to the file', () => {
  const config = parseConfig('[[watch]]\npath = "exports"\nsettle = 2\n', file);
  expect(config.watch[0]).toMatchObject({ path: path.resolve('folder', 'exports'), settle: 2, mode: 'tree' });
});

test.each([
  ['[daemon]\nport = 1\nport = 2\n', 3, 'not TOML'],
  ['[daemon]\n\nport = "eight"\n', 3, 'daemon.port'],
  ['[daemon]\nprot = 1\n', 2, 'daemon.prot: there is no such key'],
  ['[[watch]]\npath = "a"\n\n[[watch]]\npath = "b"\nmode = "forest"\n', 6, 'watch.1.mode'],
  ['[[host]]\nname = "h"\nssh = "h"\nroot = "/c"\n', 1, 'host.0.ownership'],
  ['[preset.night]\nweights = { edge = 1.5 }\n', 2, 'preset.night.weights.edge'],
])('%j is refused at line %i, naming %s', (text, line, words) => {
  expect(() => parseConfig(text, file)).toThrow(
    expect.objectContaining({
      code: 'config_invalid',
      message: expect.stringContaining(words),
      data: expect.objectContaining({ line }),
    }),
  );
});
