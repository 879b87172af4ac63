/** Sentences about pictures and movies of formats that are not read, with what to do. Pure. */
import { unreadFormat } from '../media/formats.js';
import type { NameReader } from './names.js';
import type { Placed } from './sequences.js';

/** Most sentences, so that a folder of stills does not fill the screen. */
const MOST = 3;

/** One sentence for each sequence of the clip that is a pass by its name or folder and is not read. */
export function unreadWarnings(files: readonly Placed[], reader: NameReader): string[] {
  const passes = files.filter(({ base, folderPass }) => folderPass !== null || reader.passNamedBy(base) !== null);
  return unreadSentences(passes.map(({ file }) => file.name));
}

/** "depth.####.rat is not read: export EXR or PNG" for each sequence that is not read. */
export function unreadSentences(names: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const name of names) {
    const format = unreadFormat(name);
    if (format === null || found.has(sequenceOf(name, 1))) continue;
    found.set(sequenceOf(name, 1), `${sequenceOf(name)} is not read: ${format.remedy}`);
  }
  const all = [...found.values()];
  return all.length <= MOST ? all : [...all.slice(0, MOST), `${all.length - MOST} more kinds of files are not read`];
}

/** "depth.0001.rat" -> "depth.####.rat": all frames of a sequence are one thing to say. */
function sequenceOf(name: string, padding?: number): string {
  const [, before = '', digits, ending = ''] = /^(|.*?[._/])-?(\d+)(?:\.\d+)?(\.[^.]+)$/.exec(name) ?? [];
  return digits === undefined ? name : `${before}${'#'.repeat(padding ?? digits.length)}${ending}`;
}
