/** Files beside a spec that one of its fields may name. */
import { FileType, Uri, workspace } from 'vscode';

const MEDIA = /\.(mp4|avi|mov|mkv|webm|png|jpe?g|webp|npz)$/i;
const PROMPTS = /\.(txt|json)$/i;

/** Does the field name a file? */
export function isFileField(name: string): boolean {
  return /_(path|file)$/.test(name) || name === 'guided_generation_mask';
}

/** As the spec would write them, from its folder; folders end with "/". @param typed what is written already. */
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

/** None where there is no such folder: somebody is still writing its name. */
async function entriesOf(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
