/** Completes the names of files near a spec. */
import { FileType, Uri, workspace } from 'vscode';

const MEDIA = /\.(mp4|avi|mov|mkv|webm|png|jpe?g|webp|npz)$/i;
const PROMPTS = /\.(txt|json)$/i;

/** Whether the field names a file. */
export function isFileField(name: string): boolean {
  return /_(path|file)$/.test(name) || name === 'guided_generation_mask';
}

/**
 * Paths relative to the folder of the spec; folders end with "/".
 * @param typed the text typed so far.
 */
export async function filesFor(spec: Uri, field: string, typed: string): Promise<string[]> {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const entries = await entriesOf(Uri.joinPath(spec, '..', folder));
  const wanted = field === 'prompt_path' ? PROMPTS : MEDIA;
  return entries
    .filter(([name, type]) => !name.startsWith('.') && (isFolder(type) || wanted.test(name)))
    .filter(([name]) => !name.endsWith('.cosmos.json'))
    .map(([name, type]) => `${folder}${name}${isFolder(type) ? '/' : ''}`);
}

function isFolder(type: FileType): boolean {
  return (type & FileType.Directory) !== 0;
}

/** Empty if the folder does not exist, because its name may still be incomplete. */
async function entriesOf(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
