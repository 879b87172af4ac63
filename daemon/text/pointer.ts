/**
 * Files that stand for others: a checkout without Git LFS or git-annex has a line or three in the place of each large
 * file. The forms: git-lfs docs/spec.md (hawser was its name before), git-annex doc/internals/pointer_file.
 */

interface PointerKind {
  readonly begins: RegExp;
  readonly name: string;
  readonly command: string;
}

const POINTERS: readonly PointerKind[] = [
  {
    begins: /^\ufeff?version https?:\/\/(?:git-lfs|hawser)\.github\.com\/spec\//,
    name: 'a Git LFS pointer',
    command: 'git lfs pull',
  },
  { begins: /^\ufeff?(?:\.\.\/)*(?:\.git)?\/annex\/objects\//, name: 'a git-annex pointer', command: 'git annex get' },
];

/** Bytes at the beginning of a file that are enough to recognise it. */
export const POINTER_HEAD = 64;

/** @param text the file, or {@link POINTER_HEAD} bytes of it as Latin-1 */
export function pointerIn(text: string): PointerWords | null {
  const found = POINTERS.find(({ begins }) => begins.test(text));
  if (found === undefined) return null;
  return { what: `is ${found.name} and not the file itself`, remedy: `run \`${found.command}\` in its folder` };
}

/** Both are clauses: behind the name of the file, and what to do. */
export interface PointerWords {
  readonly what: string;
  readonly remedy: string;
}
