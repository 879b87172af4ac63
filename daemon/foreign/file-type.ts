/** Which paths are regular files, and which names are never files. Pure. */
import type { Stats } from 'node:fs';
import path from 'node:path';
import { Refusal } from './refusal.js';

type Nature = Pick<
  Stats,
  'isFile' | 'isDirectory' | 'isFIFO' | 'isSocket' | 'isCharacterDevice' | 'isBlockDevice' | 'isSymbolicLink'
>;

/** @throws Refusal unless it is a regular file */
export function requireRegular(file: string, stats: Nature): void {
  if (!stats.isFile()) throw refusalOf(file, stats);
}

/** The refusal of anything but a regular file. */
export function refusalOf(file: string, stats: Nature): Refusal {
  if (stats.isDirectory()) return new Refusal(file, 'this is a folder', 'name a file');
  return new Refusal(file, `this is ${natureOf(stats)}, and no file`, 'put a regular file there');
}

function natureOf(stats: Nature): string {
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isSymbolicLink()) return 'a link';
  return 'a device';
}

/** learn.microsoft.com, "Naming Files, Paths, and Namespaces": also with an ending ("NUL.txt"), in any folder. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:[.:].*)?$/i;
/** "\\.\pipe\x" and "\\?\GLOBALROOT\..." name devices; "\\?\C:\x" and "\\?\UNC\server\share" are files. */
const DEVICE_SPACE = /^[\\/]{2}(?:\.|\?(?![\\/](?:[a-z]:|UNC)[\\/]))[\\/]/i;

/** @throws Refusal for the name of a Windows device, and for a name that is not valid on any system */
export function requireFileName(file: string, flavour: path.PlatformPath = path): void {
  if (file.includes('\0')) throw new Refusal(file.replaceAll('\0', '\\0'), 'this is no name of a file', 'name a file');
  if (flavour.sep !== '\\') return;
  const isDevice = DEVICE_SPACE.test(file) || file.split(/[\\/]/).some((part) => DEVICE_NAME.test(part));
  if (isDevice) throw new Refusal(file, 'this is the name of a device, and no file', 'give the file another name');
}
