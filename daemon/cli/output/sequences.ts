/** Joins the files of a sequence into one line: "color.[0001-0048].png". Pure. */

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}

/** The frame number before the extension; the sign belongs to it. */
const NUMBERED = /^(.*?)(-?\d+)(\.[^./\\]+)$/s;

/** Files that differ in their frame number alone become one, with the bytes of all; the rest stays, in order. */
export function foldSequences(files: readonly ListedFile[]): ListedFile[] {
  const groups = new Map<string, { files: ListedFile[]; numbers: string[] }>();
  for (const file of files) {
    const [, stem, number, extension] = NUMBERED.exec(file.path) ?? [];
    const key = number === undefined ? file.path : JSON.stringify([stem, extension]);
    const group = groups.get(key) ?? { files: [], numbers: [] };
    group.files.push(file);
    if (number !== undefined) group.numbers.push(number);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => fold(group));
}

function fold({ files, numbers }: { files: ListedFile[]; numbers: string[] }): ListedFile[] {
  if (files.length < 2) return files;
  const [first, last] = [...numbers]
    .sort((a, b) => Number(a) - Number(b))
    .filter((_, i, all) => i === 0 || i === all.length - 1);
  const [, stem = '', , extension = ''] = NUMBERED.exec(files[0]?.path ?? '') ?? [];
  return [{ path: `${stem}[${first}-${last}]${extension}`, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }];
}
