import path from 'node:path';
import { expect, test } from 'vitest';
import { onDrive } from '../../../../daemon/workload/dialects/surroundings.js';

test.each([
  ['D:/renders/street.mp4', 'D:\\renders\\street.mp4', null],
  ['D:\\renders\\..\\street.mp4', 'D:\\street.mp4', null],
  ['\\\\nas\\shots\\street.mp4', '\\\\nas\\shots\\street.mp4', null],
  ['//nas/shots/street.mp4', '\\\\nas\\shots\\street.mp4', null],
  ['/renders/street.mp4', null, null],
  ['clips/street.mp4', null, null],
  ['D:street.mp4', null, null],
])('%s: on Windows %s, on Linux %s', (named, windows, linux) => {
  expect(onDrive(named, path.win32)).toBe(windows);
  expect(onDrive(named, path.posix)).toBe(linux);
});
