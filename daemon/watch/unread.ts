/** Pictures and movies of formats that are not read: said with what to do, never passed over. Pure. */
import { unreadFormat } from '../media/formats.js';
import type { NameReader } from './names.js';
import type { Placed } from './sequences.js';

/** Sentences: a folder of stills must not fill the screen. */
const MOST = 3;

/** Passes of the clip, by name or folder, that nobody reads: one sentence a sequence. */
export function unreadWarnings(files: readonly Placed[], reader: NameReader): string[] {
  const passes = files.filter(({ base, folderPass }) => folderPass !== null || reader.passNamedBy(base) !== null);
  return unreadSentences(passes.map(({ file }) => file.name));
}

/** "depth.####.rat is not read: export EXR or PNG" for each sequence among the names; names that are read say nothing. */
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
