/** Inputs that another program holds while a job is prepared: waited for, never a failure by themselves. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { ContentStore } from '../../../daemon/contents/freeze.js';
import { Hasher } from '../../../daemon/contents/hash.js';
import { frozenPieces } from '../../../daemon/contents/signature.js';
import { freshStateDir, frozen } from '../../support/encoder.js';
import { heldFiles } from '../../support/held-files.js';
import { tempDir } from '../../support/tmp.js';

vi.mock('node:fs/promises', async (original) => {
  const { withHeldFiles } = await import('../../support/held-files.js');
  return withHeldFiles(await original());
});

afterEach(() => heldFiles.clear());

const signal = new AbortController().signal;
const sha256 = createHash('sha256').update('frames').digest('hex');

function heldPlate(): ReturnType<typeof frozen> {
  const file = path.join(tempDir(), 'plate.mp4');
  writeFileSync(file, 'frames');
  heldFiles.set('plate.mp4', 'EBUSY');
  setTimeout(() => heldFiles.clear(), 60);
  return frozen(file);
}

test('freezing waits until the file is let go', async () => {
  expect(await new ContentStore(freshStateDir()).freeze(heldPlate(), null, signal)).toEqual({ sha256, bytes: 6 });
});

test('hashing waits until the file is let go', async () => {
  const hasher = new Hasher({ get: () => undefined, put: () => {} });
  expect(await hasher.hash(heldPlate(), null, signal)).toBe(sha256);
});

test('a file that is held for too long is named, with what to do', async () => {
  const file = heldPlate();
  await expect(frozenPieces(file, null, { ms: 0 }).next()).rejects.toMatchObject({
    code: 'clip_changed',
    message: 'plate.mp4 is still open in another program (EBUSY); close it there, and submit again.',
  });
});
