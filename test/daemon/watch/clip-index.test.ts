import path from 'node:path';
import { expect, test } from 'vitest';
import type { ClipFolder } from '../../../daemon/watch/clip-folder.js';
import { ClipIndex } from '../../../daemon/watch/clip-index.js';

function indexOf(root: string, flavour: path.PlatformPath, ...clips: string[]): ClipIndex {
  const index = new ClipIndex(root, 'tree', flavour);
  for (const clip of clips) index.add({ path: clip } as ClipFolder); // the index reads nothing else of it
  return index;
}

test('on Windows a clip that was renamed from Street to street is the same one', () => {
  const index = indexOf('D:\\renders', path.win32, 'D:\\renders\\Street');
  expect(index.get('d:\\renders\\street')?.path).toBe('D:\\renders\\Street');
  expect(index.ownerOf('D:\\renders\\street\\depth', 'depth.0001.exr')?.path).toBe('D:\\renders\\Street');
  expect(index.ownerOf('D:\\renders', 'x')).toBeUndefined();
  expect(index.below('d:\\RENDERS')).toHaveLength(1);
});

test('elsewhere Street and street are two clips', () => {
  const index = indexOf('/renders', path.posix, '/renders/Street', '/renders/street');
  expect(index.all()).toHaveLength(2);
  expect(index.ownerOf('/renders/street', 'x')?.path).toBe('/renders/street');
});
