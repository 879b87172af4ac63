/** A clip that a person registered by hand, and that changes as often as it is looked at: it says so, in time. */
import { renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { frameFile, writeSequences } from '../../support/passes.js';
import { tempDir } from '../../support/tmp.js';
import { Watching } from '../../support/watching.js';

test('whoever asks is answered while a frame is renamed again and again', async () => {
  const folder = path.join(tempDir(), 'busy');
  writeSequences(folder, { passes: ['color'], last: 3 });
  const watching = await Watching.open();
  const names = [frameFile(folder, 'color', 3), frameFile(folder, 'color', 4)] as const;
  let turn = 0;
  const timer = setInterval(() => {
    renameSync(names[turn % 2] ?? '', names[(turn + 1) % 2] ?? '');
    turn += 1;
  }, 1);
  try {
    const from = performance.now();
    const clip = await watching.folders.register(folder);
    expect(clip.state).not.toBe('offline');
    expect(performance.now() - from).toBeLessThan(15_000);
    await watching.folders.register(folder);
  } finally {
    clearInterval(timer);
  }
});
