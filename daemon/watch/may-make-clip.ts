/** Whether a change in a folder can add or remove a clip: only then the folder is searched. Pure. */
import { MANIFEST_FILE } from '../../schemas/index.js';
import type { ClipFolder } from './clip-folder.js';
import { isMedia, type NameReader } from './names.js';
import { isOwnFile } from './own-files.js';
import { staysPassFolder } from './pass-folders.js';

/** A file `name` (null = unknown) has changed in `folder`, which is the folder of the clip `owner` or below it. */
export interface FolderChange {
  readonly owner: Pick<ClipFolder, 'path' | 'passIn'>;
  readonly folder: string;
  readonly name: string | null;
}

/** A frame of a known clip adds no clip. Any other new name may be a folder, and so a clip. */
export function mayMakeClip({ owner, folder, name }: FolderChange, isFlat: boolean, reader: NameReader): boolean {
  if (name === null || name === MANIFEST_FILE) return true;
  if (isFlat || owner.path === folder) return !(isMedia(name) || isOwnFile(name));
  const pass = owner.passIn(folder);
  return pass === null || !staysPassFolder(pass, name, reader);
}
