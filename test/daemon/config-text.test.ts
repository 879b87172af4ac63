import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readConfigText, writeConfigText } from '../../daemon/config-text.js';
import { tempDir } from '../support/tmp.js';

const OURS = '[local]\nslots = 2\n';

test('a file that somebody else changed after it was read is not written over', () => {
  const file = path.join(tempDir(), 'cosmos.toml');
  const absent = readConfigText(file);
  writeFileSync(file, '# theirs\n');
  expect(() => writeConfigText(absent, OURS, '')).toThrow(
    `${file} was changed by another program just now; try again.`,
  );
  const read = readConfigText(file);
  writeFileSync(file, '# theirs\r\n');
  expect(() => writeConfigText(read, OURS, '')).toThrow('try again');
  expect(readFileSync(file, 'utf8')).toBe('# theirs\r\n');
  rmSync(file);
  expect(() => writeConfigText(read, OURS, '')).toThrow('try again');
  expect(existsSync(file)).toBe(false);
  writeConfigText(readConfigText(file), OURS, '');
  expect(readFileSync(file, 'utf8')).toBe(OURS);
});
