import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../support/random.js';
import { connected } from '../../../support/ssh-client.js';
import { tempDir } from '../../../support/tmp.js';

const SHELLS = ['/bin/bash', '/bin/dash', '/usr/bin/zsh', '/usr/bin/fish', '/usr/bin/tcsh'] as const;

/** Strings that a shell, a terminal or an option parser could take for something else. */
const HOSTILE: readonly string[] = [
  '',
  ' ',
  "'",
  "''\\''",
  '"',
  '\\',
  '\\n',
  'line\nline\n',
  '\n',
  '\r\n\t\v\f\b\x1b[2J\x7f\x01',
  '$(reboot)',
  '`reboot`',
  `\${IFS}$HOME$1$@`,
  '!!',
  '!reboot',
  '; reboot #',
  '&& reboot || reboot | reboot & ',
  '> /tmp/x < /etc/passwd 2>&1',
  '-n',
  '--help',
  '-rf',
  '--',
  '~',
  '*',
  '?[a-z]{a,b}',
  '%s%n%d',
  '../../etc/passwd',
  'ä ö 漢字 🎬 \u202e',
  '\u{10FFFF}\uFEFF',
  'x'.repeat(100_000),
];

const PIECES = [...HOSTILE.filter((text) => text.length < 40), 'a', '/', '\u00a0', '=', '#', '(', ')', '{', '}', '^'];

function randomStrings(seed: number, count: number): string[] {
  const random = seededRandom(seed);
  const piece = () => PIECES[Math.floor(random() * PIECES.length)] ?? '';
  return Array.from({ length: count }, () => Array.from({ length: Math.floor(random() * 12) }, piece).join(''));
}

/** Prints every argument with a NUL behind it, which no argument can hold. */
const ECHO = `for argument; do printf '%s\\0' "$argument"; done`;

describe.each(SHELLS)('login shell %s', (shell) => {
  test('hostile arguments arrive byte for byte, seed 20261122', async () => {
    const { connection } = await connected({ shell });
    const args = [...HOSTILE, ...randomStrings(20261122, 300)];
    const { stdout, stderr, exitCode } = await connection.run(ECHO, args);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout.toString().split('\0').slice(0, -1)).toEqual(args);
  });

  test('with input, and by stream, it is the same', async () => {
    const { connection } = await connected({ shell });
    const args = randomStrings(7, 50);
    const bytes = Buffer.from(Array.from({ length: 65536 }, (_, n) => n % 256));
    const { stdout } = await connection.run(`${ECHO}; cat`, args, { stdin: bytes });
    expect(stdout.equals(Buffer.concat([Buffer.from(args.map((text) => `${text}\0`).join('')), bytes]))).toBe(true);
  });

  test('exit codes pass, an abort kills all of it', async () => {
    const { connection } = await connected({ shell });
    expect((await connection.run('exit 42')).exitCode).toBe(42);
    const abort = new AbortController();
    const { stdout, done } = connection.stream('sleep 4211 & echo up; sleep 4211', [], { signal: abort.signal });
    for await (const _ of stdout) break;
    abort.abort();
    await done;
    expect((await connection.run('pgrep -f "[s]leep 4211"')).exitCode).toBe(1);
  });
});

describe('start files of the login shell', () => {
  test.each([
    ['/bin/bash', '.bashrc', 'echo "Welcome to gpu1"; printf no-newline; echo oops >&2\n'],
    ['/usr/bin/fish', '.config/fish/config.fish', 'echo "Welcome to gpu1"\n'],
    ['/usr/bin/tcsh', '.cshrc', 'echo "Welcome to gpu1"\n'],
    ['/usr/bin/zsh', '.zshenv', 'echo "Welcome to gpu1"\n'],
  ])('what %s prints from %s is no output', async (shell, name, text) => {
    const { connection } = await connected({ shell, startFile: { name, text } });
    const { stdout } = await connection.run('printf mine');
    expect(stdout.toString()).toBe('mine');
    const { stdout: output } = connection.stream('printf mine', [], { signal: new AbortController().signal });
    for await (const chunk of output) expect(Buffer.from(chunk).toString()).toBe('mine');
  });

  test('an account without a shell is told by a sentence', async () => {
    const { connection } = await connected({ shell: '/usr/sbin/nologin' });
    const refused = connection.run('exit 0');
    await expect(refused).rejects.toMatchObject({ code: 'host_shell_failed' });
    await expect(refused).rejects.toThrow(
      /ada on gpu did not run our command \(exit code 1\); it said "This account is currently not available/,
    );
  });
});

test('what a host shows before the login is told when nobody gets in', async () => {
  const banner = path.join(tempDir('/tmp'), 'banner');
  writeFileSync(banner, 'Only for members of the lab.\n');
  chmodSync(path.dirname(banner), 0o755);
  const login = connected({ config: [`Banner ${banner}`, 'AuthorizedKeysFile none'] });
  await expect(login).rejects.toThrow(/none of these keys.* It said "Only for members of the lab\."\.$/);
});
