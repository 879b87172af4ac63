/** Frames that the renderer still holds, as on Windows: waited for, and ready without a change of the files. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { heldFiles } from '../../support/held-files.js';
import { writeSequences } from '../../support/passes.js';
import { tempDir } from '../../support/tmp.js';
import { dropIn, Watching } from '../../support/watching.js';

vi.mock('node:fs/promises', async (original) => {
  const { withHeldFiles } = await import('../../support/held-files.js');
  return withHeldFiles(await original());
});

afterEach(() => heldFiles.clear());

function exports(): string {
  const root = path.join(tempDir(), 'exports');
  mkdirSync(root);
  return root;
}

const twoPasses = (folder: string) => writeSequences(folder, { passes: ['color', 'depth'] });

test('a frame that is held is still being written; let go, the clip is ready', async () => {
  const root = exports();
  heldFiles.set('color.0003.png', 'EBUSY');
  const watching = await Watching.on(root);
  dropIn(root, 'street', twoPasses);
  await watching.untilReason('street', 'writing: color.0003.png is still open in another program');
  expect(watching.clip('street').state).toBe('writing');
  heldFiles.delete('color.0003.png');
  await watching.until('street', 'ready');
  expect(watching.readyNames()).toEqual(['street 1']);
});

test('a frame that may not be read is told as that, and asked for again at the next look', async () => {
  const root = exports();
  heldFiles.set('depth.0001.png', 'EACCES');
  const watching = await Watching.on(root, { poll: true });
  dropIn(root, 'street', twoPasses);
  const clip = await watching.until('street', 'incomplete');
  expect(clip.reason).toContain('depth.0001.png cannot be read (EACCES)');
  heldFiles.clear();
  await watching.until('street', 'ready');
});
