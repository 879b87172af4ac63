import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const found = (spec: object) => issuesOf(checked(spec), 'media_suffix');
const t25 = (change: object) => found({ ...goodTransfer25, ...change });
const c3 = (control_path: string) => found({ ...goodCosmos3, depth: { control_path } });

test.each(['a.mp4', 'a.avi', 'a.mov', 'a.webm', 'a.png', 'a.jpg', 'a.jpeg'])('transfer2.5 opens %s', (file) => {
  expect(t25({ video_path: file, edge: { control_path: file } })).toEqual([]);
});

test('transfer2.5: .mkv passes the first test and has no decoder', () => {
  expect(t25({ video_path: 'a.mkv' })).toMatchObject([
    {
      severity: 'error',
      path: ['video_path'],
      message: 'video_path: the run cannot open .mkv files',
      fix: 'Convert it to .mp4.',
    },
  ]);
  expect(t25({ edge: { mask_path: 'a.mkv' } })).toMatchObject([{ path: ['edge', 'mask_path'] }]);
  expect(t25({ image_context_path: 'a.webp' })).toMatchObject([{ path: ['image_context_path'] }]);
});

test('transfer2.5: capitals make another suffix', () => {
  expect(t25({ video_path: 'a.MP4' })).toMatchObject([
    {
      message: 'video_path: the run cannot open .MP4 files',
      fix: 'Rename the file so that it ends in .mp4, in small letters.',
    },
  ]);
});

test('transfer2.5: .flv and .wmv do for controls only; a file needs some suffix', () => {
  expect(t25({ edge: { control_path: 'a.wmv' } })).toEqual([]);
  expect(t25({ video_path: 'a.wmv' })).toHaveLength(1);
  expect(t25({ video_path: 'a' })[0]?.message).toBe('video_path: the run cannot open files without a suffix');
});

test('cosmos3 opens more, in capitals too, and addresses are not judged', () => {
  for (const file of ['a.mkv', 'a.MP4', 'a.webm', 'a.JPG', 'https://host/a?b']) expect(c3(file)).toEqual([]);
  expect(c3('a.wmv')).toMatchObject([
    {
      severity: 'error',
      path: ['depth', 'control_path'],
      message: 'depth.control_path: the run cannot open .wmv files',
    },
  ]);
  expect(c3('a.webp')).toHaveLength(1);
});
