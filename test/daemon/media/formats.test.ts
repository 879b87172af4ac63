import { expect, test } from 'vitest';
import { isImage, isMedia, isMovie, unreadFormat } from '../../../daemon/media/formats.js';

test.each(['png', 'exr', 'jpg', 'jpeg', 'tif', 'tiff', 'tga', 'webp', 'dpx', 'PNG', 'Exr', 'JPEG'])(
  'a picture ends in .%s',
  (ending) => {
    expect([isImage, isMedia, isMovie].map((is) => is(`color.0001.${ending}`))).toEqual([true, true, false]);
    expect(unreadFormat(`color.0001.${ending}`)).toBeNull();
  },
);

test.each(['mp4', 'mov', 'webm', 'avi', 'mkv', 'MOV'])('a movie ends in .%s', (ending) => {
  expect([isImage, isMedia, isMovie].map((is) => is(`color.${ending}`))).toEqual([false, true, true]);
});

test.each([
  ['depth.0001.rat', 'image', 'export EXR or PNG'],
  ['a.HDR', 'image', 'export EXR or PNG'],
  ['photo.heic', 'image', 'export EXR or PNG'],
  ['a.jfif', 'image', 'rename it to .jpg'],
  ['a.mxf', 'movie', 'export .mp4 or .mov, or an EXR or PNG sequence'],
  ['a.M4V', 'movie', 'rename it to .mp4'],
])('%s is known and not read', (name, kind, remedy) => {
  expect(isMedia(name)).toBe(false);
  expect(unreadFormat(name)).toEqual({ kind, remedy });
});

test.each([
  'smoke.0001.vdb',
  'scene.hip',
  'notes.txt',
  'prompt.txt',
  'x.json',
  'main.ts',
  '.rat',
  'rat',
  'x.constructor',
])('%s is no picture at all', (name) => {
  expect(unreadFormat(name)).toBeNull();
});
