/** Files of a run folder as a container may leave them; and that no script of the host touches them in another way. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { LINE, OURS } from '../../../../daemon/host/ssh/run-files.js';
import { tempDir } from '../../../support/tmp.js';

const SCRIPTS = fileURLToPath(new URL('../../../../daemon/host/ssh', import.meta.url));

let run: string;
beforeEach(() => {
  run = path.join(tempDir(), 'run');
  mkdirSync(path.join(run, 'out'), { recursive: true });
  writeFileSync(path.join(run, 'plain'), `7\n${'x'.repeat(100_000)}`);
  writeFileSync(path.join(run, 'endless'), 'y'.repeat(100_000));
  writeFileSync(path.join(run, '..', 'secret'), 'secret\n');
  symlinkSync('../secret', path.join(run, 'link'));
  symlinkSync('/dev/zero', path.join(run, 'zero'));
  symlinkSync('/etc', path.join(run, 'etc'));
  execFileSync('mkfifo', [path.join(run, 'pipe')]);
});

const sh = (script: string, file: string) =>
  execFileSync('sh', ['-c', script, 'sh', run, path.join(run, file)], { encoding: 'utf8', timeout: 10_000 });

test.each([
  ['plain', '7\n'],
  ['endless', 'y'.repeat(1000)],
  ['link', ''],
  ['zero', ''],
  ['pipe', ''],
  ['out', ''],
  ['nothing', ''],
])('the first line of "%s" is read without waiting and without following', (file, expected) => {
  expect(sh(`${LINE}\nline "$2" || :`, file)).toBe(expected);
});

test.each([
  ['plain', 'yes'],
  ['link', 'no'],
  ['zero', 'no'],
  ['pipe', 'no'],
  ['out', 'no'],
  ['etc/hostname', 'no'],
  ['../secret', 'no'],
  ['nothing', 'no'],
])('"%s" is a file of the run: %s', (file, expected) => {
  expect(sh(`${OURS}\nrun=$1\nif ours "$2"; then printf yes; else printf no; fi`, file)).toBe(expected);
});

test('no script of the host reads or writes a file of a run folder by its name alone', () => {
  // The wrapper runs with the command itself, in its container: it has nothing that the command has not.
  const scripts = readdirSync(SCRIPTS).filter((name) => name !== 'wrapper.ts');
  expect(scripts.length).toBeGreaterThan(10);
  const bare = /(?:[<>]|\bcat|\bhead|\btail)\s*"\$(?:run|1)\/[^"]*"/;
  const found = scripts.flatMap((name) =>
    readFileSync(path.join(SCRIPTS, name), 'utf8')
      .split('\n')
      .filter((line) => bare.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
