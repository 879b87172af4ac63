import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Where folders for several users lie. Not tmpdir(): TMPDIR may be in a folder that its owner alone may enter. */
export const SHARED_TMP = '/tmp';

/** A fresh folder of this test alone, removed when the test ends. */
export function tempDir(parent = tmpdir()): string {
  const folder = realpathSync(mkdtempSync(path.join(parent, 'cosmos-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
