/** A clip that a person registered by hand, and that changes as often as it is looked at: it says so, in time. */
import { renameSync, utimesSync } from 'node:fs';
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

test('files that are others at every look are told by the last of them', async () => {
  const folder = path.join(tempDir(), 'busy');
  writeSequences(folder, { passes: ['color'], last: 3 });
  let seconds = Date.now() / 1000 - 7200; // older than any settle time, so nothing but the files is waited for
  const age = (frame: number) => utimesSync(frameFile(folder, 'color', frame), seconds, seconds);
  for (const frame of [1, 2, 3]) age(frame);
  const ownOutputs = (file: string) => {
    seconds += 1;
    if (file.endsWith('color.0001.png')) age(3); // asked once a look
    return false;
  };
  const watching = await Watching.open({ ownOutputs });
  const clip = await watching.folders.register(folder);
  expect(`${clip.state} ${clip.reason}`).toBe('settling settling: files keep changing; last: color.0003.png');
});
