import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder of this test alone, removed when the test ends. */
export function tempDir(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
