import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findCheckout, installPackages } from '../../../../daemon/demo/sim/checkout.js';
import { tempDir } from '../../../support/tmp.js';

/** A checkout whose setup is the given program. */
function checkout(setup = '') {
  const folder = tempDir();
  const found = { program: path.join(folder, 'main.js'), setup: path.join(folder, 'setup.mjs') };
  writeFileSync(found.program, '');
  writeFileSync(found.setup, setup);
  return found;
}

test('an installation without the tests says that the host is part of a checkout, and what it needs', () => {
  const missing = { ...checkout(), program: path.join(tempDir(), 'main.js') };
  expect(() => findCheckout(missing)).toThrow(
    /part of a source checkout.*Linux, root, openssh-server and docker\.io.*node \.dev\/setup\.mjs --test/,
  );
});

test.each([
  [{ platform: 'linux', uid: 1000 }, /sudo/],
  [{ platform: 'darwin', uid: 501 }, /darwin/],
  [{ platform: 'win32' }, /win32/],
] as const)('%o cannot have one', (machine, words) => {
  expect(() => findCheckout(checkout(), machine)).toThrow(words);
});

test('root on Linux has one', () => {
  const here = checkout();
  expect(findCheckout(here, { platform: 'linux', uid: 0 })).toEqual(here);
});

const signal = new AbortController().signal;

test('says what is installed before it is', async () => {
  const { setup } = checkout('process.stderr.write("Installing a, b ...\\nmuch noise\\n")');
  const told: string[] = [];
  await installPackages(setup, (line) => told.push(line), signal);
  expect(told).toEqual(['Installing a, b ...']);
});

test('a failed installation is told with the command to type', async () => {
  const words = '\\nSetup failed: the tests need docker.io.\\n  Run: sudo apt-get install docker.io\\n';
  const { setup } = checkout(`process.stderr.write("noise\\n${words}"); process.exitCode = 1`);
  await expect(installPackages(setup, () => {}, signal)).rejects.toThrow(
    /^Setup failed: the tests need docker\.io\. Run: sudo apt-get install docker\.io/,
  );
});
