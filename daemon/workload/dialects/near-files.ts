/** Finds the files beside a spec that may be meant by the name of a missing one. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { suffixOf } from '../../../schemas/spec/paths.js';
import type { SpecPath } from '../../../schemas/spec/pydantic.js';
import { nearest } from '../../near.js';

const MOST = 3;
/** How exporters call the pass that the field is for, when the name says nothing. */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  video_path: ['color', 'colour', 'rgb', 'beauty'],
  vision_path: ['color', 'colour', 'rgb', 'beauty'],
  prompt_path: ['prompt'],
  edge: ['edge'],
  depth: ['depth'],
  seg: ['seg'],
  vis: ['vis', 'blur'],
  blur: ['blur', 'vis'],
};

/**
 * By name, then by what the field is for; of the same suffix, in the folder that is named or in that of the spec.
 * @param folder of the spec. @param at the field.
 */
export function nearFiles(folder: string, named: string, at: SpecPath): string[] {
  const parts = named.split(/[\\/]/);
  const name = parts.at(-1) ?? '';
  const meant = parts.slice(0, -1).join('/');
  const found = [...new Set([meant, ''])].flatMap((inside) => {
    const files = filesIn(path.resolve(folder, inside)).filter((file) => isOfKind(file, name));
    const likely = [...nearest(name, files, MOST), ...files.filter((file) => isCalledFor(file, at))];
    return likely.map((file) => (inside === '' ? file : `${inside}/${file}`));
  });
  return [...new Set(found)].filter((file) => file !== named).slice(0, MOST);
}

/** None where the folder cannot be read: the complaint is about the path itself. */
function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  } catch {
    return [];
  }
}

function isOfKind(file: string, name: string): boolean {
  const wanted = suffixOf(name).toLowerCase();
  return wanted === '' || suffixOf(file).toLowerCase() === wanted;
}

function isCalledFor(file: string, [field]: SpecPath): boolean {
  const stem = file.toLowerCase();
  return (CALLED[String(field)] ?? []).some((word) => stem.includes(word));
}
