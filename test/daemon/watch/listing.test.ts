import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { listBelow, listFolder, listNames } from '../../../daemon/watch/listing.js';
import { tempDir } from '../../support/tmp.js';

let root: string;
beforeEach(() => {
  root = path.join(tempDir(), 'root');
  mkdirSync(path.join(root, 'street', 'rgb'), { recursive: true });
});

const street = () => path.join(root, 'street');
const write = (...parts: string[]) => writeFileSync(path.join(street(), ...parts), 'bytes');

test('files with size and time, folders apart, unfinished files left out', async () => {
  write('color.0001.png');
  write('color.0002.png.part');
  write('.hidden');
  const listing = await listFolder(street(), root);
  expect(listing.folders).toEqual(['rgb']);
  expect(listing.files).toEqual([{ name: 'color.0001.png', size: 5, mtimeMs: expect.any(Number), problem: null }]);
});

test('sub-folders that a manifest names are listed with their path', async () => {
  write('rgb', 'color.0001.png');
  const { files } = await listBelow(street(), root, ['rgb', 'not-there']);
  expect(files.map(({ name }) => name)).toEqual(['rgb/color.0001.png']);
});

test('links are judged by where they end', async () => {
  writeFileSync(path.join(root, 'shared.png'), 'bytes!');
  writeFileSync(path.join(root, '..', 'outside.png'), 'bytes');
  symlinkSync(path.join(root, 'shared.png'), path.join(street(), 'a.png'));
  symlinkSync(path.join(root, '..', 'outside.png'), path.join(street(), 'b.png'));
  symlinkSync('nowhere', path.join(street(), 'c.png'));
  symlinkSync('d.png', path.join(street(), 'd.png'));
  mkdirSync(path.join(street(), 'e.png'));
  const { files } = await listFolder(street(), root);
  expect(files.map(({ name, size, problem }) => [name, size, problem])).toEqual([
    ['a.png', 6, null],
    ['b.png', 0, 'is a link that leads out of the watched folder'],
    ['c.png', 0, 'is a link to a file that is not there'],
    ['d.png', 0, 'is a link that leads in circles'],
    ['e.png', 0, 'is a folder, not a file'],
  ]);
});

test('a folder that is not there is an error of its own', async () => {
  await expect(listFolder(path.join(root, 'no'), root)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('single names, without those that are not there', async () => {
  write('street.json');
  const { files } = await listNames(street(), root, ['street.json', 'street.cosmos.json']);
  expect(files.map(({ name }) => name)).toEqual(['street.json']);
});

test('ten thousand files', async () => {
  write('color.png');
  const name = (frame: number) => path.join(street(), `color.${frame}.png`);
  for (let frame = 1; frame < 10_000; frame++) linkSync(path.join(street(), 'color.png'), name(frame)); // quicker than files of their own
  expect((await listFolder(street(), root)).files).toHaveLength(10_000);
});
