import { execFileSync, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { firstLine, HEARD, LOGIN_COMMAND, quote, READY, UNBIDDEN } from '../../../../daemon/host/shell/command.js';
import { tempDir } from '../../../support/tmp.js';

const CALL = { edge: 'e', hasInput: false, isJoined: false };

test('what the login shell sees is constant, and has nothing that csh or fish read otherwise', () => {
  expect(LOGIN_COMMAND).toMatch(/^\/bin\/sh -c '[^'!\\\n]+'$/);
  expect(Buffer.byteLength(LOGIN_COMMAND)).toBeLessThan(500); // the shortest line of a terminal is 4095
});

test('who repeats what we send does not say the words that we wait for', () => {
  for (const word of [READY, HEARD]) expect(UNBIDDEN).not.toContain(word);
});

test('the first line is one line of ASCII, whatever the script and its arguments', () => {
  const line = firstLine({ script: 'echo\n\n"$1"\r\t\\ä', args: ["'\n$(reboot)"], ...CALL });
  expect(line).toMatch(/^@[ -~]+\n$/);
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
  const script = `printf '%s\\0' "$@"; cat; exit 3`;
  const line = firstLine({ ...CALL, script, args, hasInput: true });
  const env = { PATH: `${bin}:${process.env.PATH}`, LC_ALL: 'C.UTF-8' };
  const command = LOGIN_COMMAND.replace('/bin/sh', 'sh');
  const input = `${UNBIDDEN}${line}data\nmore`;
  const { stdout, status } = spawnSync('sh', ['-c', command], { env, input, encoding: 'utf8' });
  expect(stdout).toMatch(/^cosmos-ready \d+\n/);
  const output = stdout.slice(stdout.indexOf('\n') + 1).split('\0');
  expect({ output, status }).toEqual({
    output: [`\x1ee 0\n${args[0]}`, ...args.slice(1), 'data\nmore\x1ee 3\n'],
    status: 3,
  });
});
