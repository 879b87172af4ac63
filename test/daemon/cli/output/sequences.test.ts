import { expect, test } from 'vitest';
import { foldSequences } from '../../../../daemon/cli/output/sequences.js';

const file = (path: string) => ({ path, bytes: 10 });

test('the frames of a sequence become one line with the bytes of all', () => {
  const files = ['/c/color.0002.png', '/c/color.0001.png', '/c/depth.-003.exr', '/c/depth.0004.exr', '/c/seg.mp4'].map(
    file,
  );
  expect(foldSequences(files)).toEqual([
    { path: '/c/color.[0001-0002].png', bytes: 20 },
    { path: '/c/depth.[-003-0004].exr', bytes: 20 },
    { path: '/c/seg.mp4', bytes: 10 },
  ]);
});

test('a single numbered file keeps its name', () => {
  expect(foldSequences([file('/c/shot010.mp4')])).toEqual([file('/c/shot010.mp4')]);
});
