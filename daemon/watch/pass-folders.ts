/**
 * Folders that hold one pass each for the clip around them: "shot/C", "shot/depth". The rule is described in
 * discover.ts. Both the search for clips and the look at a clip use this file.
 */
import type { Dirent } from 'node:fs';
import path from 'node:path';
import { MANIFEST_FILE, type PassName, WITHDRAWN_MANIFEST_FILE } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { entriesIn, lstatForeign } from '../foreign/folder.js';
import { isMedia, unreadFormat } from '../media/formats.js';
import type { NameReader } from './names.js';
import { isOwnFile, isTemporary } from './own-files.js';

/** A folder with one of these files is a clip of its own: a manifest, also a withdrawn one, or a prompt. */
const OF_A_CLIP: readonly string[] = [MANIFEST_FILE, WITHDRAWN_MANIFEST_FILE, 'prompt.txt'];
const SPEC = /\.cosmos\.json$/i;

/** The pass folders among `subfolders` of `folder`, by name. */
export async function findPassFolders(
  folder: string,
  subfolders: readonly string[],
  reader: NameReader,
): Promise<Map<string, PassName>> {
  const found = new Map<string, PassName>();
  for (const name of [...subfolders].sort()) {
    const pass = await passOf(path.join(folder, name), reader);
    if (pass !== null) found.set(name, pass);
  }
  return found;
}

/** True when the folder holds a pass for the clip around it. */
export async function isPassFolder(folder: string, reader: NameReader): Promise<boolean> {
  return (await passOf(folder, reader)) !== null;
}

async function passOf(folder: string, reader: NameReader): Promise<PassName | null> {
  const pass = reader.passOfFolder(path.basename(folder), path.basename(path.dirname(folder)));
  if (pass === null) return null;
  try {
    const stats = await lstatForeign(folder);
    if (!stats.isDirectory()) return null; // a link: it can lead in circles, and out
    return holdsOnly(pass, folder, await entriesIn(folder), reader) ? pass : null;
  } catch (error) {
    if (error instanceof CosmosError) throw error; // its disk does not answer
    return null; // gone, or unreadable: it is listed as a clip then, with the reason
  }
}

function holdsOnly(pass: PassName, folder: string, entries: readonly Dirent[], reader: NameReader): boolean {
  const folders = entries.filter((entry) => entry.isDirectory() && !isMedia(entry.name)).map(({ name }) => name);
  if (folders.some((name) => reader.passOfFolder(name, path.basename(folder)) !== null)) return false;
  const names = entries.map(({ name }) => name).filter((name) => !folders.includes(name));
  if (names.some(saysClip)) return false;
  const frames = names.filter((name) => isPicture(name) && !isTemporary(name) && !isOwnFile(name));
  if (frames.length === 0) return names.every(isTemporary) && folders.length === 0; // empty until the render fills it
  return frames.every((name) => isOfPass(pass, name, reader));
}

/** True when a folder of that pass is still a pass folder with this new file in it. */
export function staysPassFolder(pass: PassName, name: string, reader: NameReader): boolean {
  if (saysClip(name)) return false;
  return isOwnFile(name) || (isPicture(name) && isOfPass(pass, name, reader));
}

function isOfPass(pass: PassName, name: string, reader: NameReader): boolean {
  return (reader.passNamedBy(name) ?? pass) === pass;
}

function saysClip(name: string): boolean {
  return OF_A_CLIP.includes(name) || SPEC.test(name);
}

function isPicture(name: string): boolean {
  return isMedia(name) || unreadFormat(name) !== null;
}
