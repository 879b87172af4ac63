/** What lies at a path is looked at before it is read: pipes, devices, links, sizes, swaps. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { coerceError } from '../../../daemon/errors.js';
import { KINDS } from '../../../daemon/foreign/kinds.js';
import { readForeign } from '../../../daemon/foreign/open.js';
import { tempDir } from '../../support/tmp.js';

const prompt = (root: string | null) => ({ kind: KINDS.prompt, root });

/** What is read, or why not without the path in front. */
async function outcome(file: string, root: string | null): Promise<string> {
  return readForeign(file, prompt(root)).then(String, (error: unknown) =>
    coerceError(error).message.replace(`${file}: `, ''),
  );
}

/** A watched folder, and a secret beside it. */
function scene() {
  const folder = tempDir();
  const root = path.join(folder, 'watched');
  mkdirSync(path.join(root, 'deep'), { recursive: true });
  mkdirSync(path.join(folder, 'other'));
  writeFileSync(path.join(folder, 'secret'), 'SECRET');
  writeFileSync(path.join(folder, 'other', 'p'), 'SECRET');
  writeFileSync(path.join(root, 'deep', 'p'), 'inside');
  return { folder, root, at: (name: string) => path.join(root, name) };
}

const OUT = 'this is a link that leads out of the watched folder; copy the file itself there.';

test('links are followed as long as they stay below the root', async () => {
  const { folder, root, at } = scene();
  const cases: readonly (readonly [string, string, string])[] = [
    ['relative', 'deep/p', 'inside'],
    ['absolute', at('deep/p'), 'inside'],
    ['chain', 'relative', 'inside'],
    ['out', '../secret', OUT],
    ['out-absolute', path.join(folder, 'secret'), OUT],
    ['out-chain', 'out', OUT],
    ['folder-out', '../other', OUT],
    ['proc', '/proc/self/environ', OUT],
    ['root', '/', OUT],
  ];
  for (const [name, target] of cases) symlinkSync(target, at(name));
  for (const [name, , says] of cases) expect([name, await outcome(at(name), root)]).toEqual([name, says]);
  expect(await outcome(at('folder-out/p'), root)).toBe(OUT);
  linkSync(path.join(folder, 'secret'), at('hard'));
  expect(await outcome(at('hard'), root)).toBe('SECRET'); // who made it could read it
});
