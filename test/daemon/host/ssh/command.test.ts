import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { firstLine, LOGIN_COMMAND, quote } from '../../../../daemon/host/ssh/command.js';
import { tempDir } from '../../../support/tmp.js';

test('what the login shell sees is constant, and has nothing that csh or fish read otherwise', () => {
  expect(LOGIN_COMMAND).toMatchInlineSnapshot(`"sh -c 'IFS= read -r line; eval "$(printf %s "$line" | base64 -d)"'"`);
  expect(LOGIN_COMMAND).not.toMatch(/[!\\\n]/);
});

test('the first line is one line of base64, whatever the script and its arguments', () => {
  const line = firstLine({ script: 'echo\n\n"$1"', args: ["'\n$(reboot)"], marker: 'm', hasInput: false });
  expect(line).toMatch(/^[A-Za-z0-9+/=]+\n$/);
});

test.each(['a\0b', 'half \ud83c', '\udfac half'])('%j can be no argument', (argument) => {
  expect(() => quote(argument)).toThrow(/NUL or half a character/);
});

test('a quoted word is one word to sh', () => {
  const word = `it's "$HOME" \\ \`date\`\n$(date)`;
  expect(execFileSync('sh', ['-c', `printf %s ${quote(word)}`], { encoding: 'utf8' })).toBe(word);
});

test.each(['/bin/bash', '/bin/dash', '/bin/busybox'])('%s will do as sh', (program) => {
  const bin = tempDir();
  symlinkSync(program, path.join(bin, 'sh'));
  const args = ['', "it's", '$(reboot)\n', '-n', 'ä\u{10FFFF}', 'x'.repeat(100_000)];
  const line = firstLine({ script: `printf '%s\\0' "$@"; cat`, args, marker: 'm', hasInput: true });
  const env = { PATH: `${bin}:${process.env.PATH}`, LC_ALL: 'C.UTF-8' };
  const output = execFileSync('sh', ['-c', LOGIN_COMMAND], { env, input: `${line}data\nmore`, encoding: 'utf8' });
  expect(output.replace(/^\nm \d+\n/, '').split('\0')).toEqual([...args, 'data\nmore']);
});
