/** Whether a change in a folder can make a clip, or unmake one: only then it is worth searching. Pure. */
import { MANIFEST_FILE } from '../../schemas/index.js';
import type { ClipFolder } from './clip-folder.js';
import { isMedia, type NameReader } from './names.js';
import { isOwnFile } from './own-files.js';
import { staysPassFolder } from './pass-folders.js';

/** What happened: something called `name` (null = unknown) changed in `folder`, which lies in `owner` or is it. */
export interface FolderChange {
  readonly owner: Pick<ClipFolder, 'path' | 'passIn'>;
  readonly folder: string;
  readonly name: string | null;
}

/** Frames of a known clip make none; a new name that is no frame of it can be a folder, which can be one. */
export function mayMakeClip({ owner, folder, name }: FolderChange, isFlat: boolean, reader: NameReader): boolean {
  if (name === null || name === MANIFEST_FILE) return true;
  if (isFlat || owner.path === folder) return !(isMedia(name) || isOwnFile(name));
  const pass = owner.passIn(folder);
  return pass === null || !staysPassFolder(pass, name, reader);
}
