import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findExrLayer } from '../../../daemon/prepare/exr-layer.js';
import { writeExr } from '../../support/exr.js';
import { tempDir } from '../../support/tmp.js';

function image(...channels: string[]): string {
  const file = path.join(tempDir(), 'a.exr');
  writeExr(file, 4, 4, Object.fromEntries(channels.map((name) => [name, () => 0])));
  return file;
}

test('a lone channel is renamed to Y, and what ffmpeg would take for its namesakes is hidden', async () => {
  const file = image('R', 'G', 'B', 'depth.A', 'depth.Z');
  const found = await findExrLayer(file, 'depth');
  expect(found).toMatchObject({ part: 0, layer: 'depth.', kind: 'gray' });
  const bytes = readFileSync(file);
  const changes = found.patches.map(({ offset, letter }) => [String.fromCharCode(bytes.readUInt8(offset)), letter]);
  expect(changes).toEqual([
    ['Z', 'Y'],
    ['A', '#'],
  ]);
});

test('colours need no change', async () => {
  const file = image('R', 'G', 'B', 'seg.R', 'seg.G', 'seg.B');
  expect(await findExrLayer(file, undefined)).toEqual({ part: 0, layer: '', kind: 'rgb', patches: [] });
  expect(await findExrLayer(file, 'seg')).toEqual({ part: 0, layer: 'seg.', kind: 'rgb', patches: [] });
});

test('a layer that is not there is named, with those that are', async () => {
  await expect(findExrLayer(image('R', 'depth.Z'), 'Pz')).rejects.toThrow(
    /a\.exr has no layer "Pz"; it has the picture itself, depth\.$/,
  );
});

test('a broken file is named, with what is wrong', async () => {
  const file = image('R');
  writeFileSync(file, readFileSync(file).subarray(0, 40));
  await expect(findExrLayer(file, undefined)).rejects.toThrow(/a\.exr is cut off within its header: render that frame/);
  writeFileSync(file, 'no image');
  await expect(findExrLayer(file, undefined)).rejects.toThrow(/a\.exr is no EXR image\.$/);
});
