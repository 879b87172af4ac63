/** pydantic's path types, and what Python's pathlib makes of the text of a path. */
import { PyException, type PyType, right, type SpecPath, type Surroundings, wrong } from './pydantic.js';
import type { PyNode, PyString } from './python-node.js';

const FILE = 'the path of an existing file';

/** FilePath: an existing file, seen from the folder of the spec. "~" is not expanded, addresses are no files. */
export const filePath: PyType<string> = {
  wanted: FILE,
  schema: { type: 'string', minLength: 1 },
  validate: (node, path, around) => {
    if (node.kind !== 'string') return wrong(node, path, 'path_type', FILE);
    return entryOf(node, around) === 'file' ? right(node.value) : wrong(node, path, 'path_not_file', FILE);
  },
};

/** FilePath | DirectoryPath. pydantic complains once for each half; we say it once, as the first half does. */
export const fileOrFolder: PyType<string> = {
  wanted: 'the path of an existing file or folder',
  schema: { type: 'string' },
  validate: (node, path, around) => {
    if (node.kind !== 'string') return wrong(node, path, 'path_type', fileOrFolder.wanted);
    const there = entryOf(node, around) !== 'none';
    return there ? right(node.value) : wrong(node, path, 'path_not_file', fileOrFolder.wanted);
  },
};

/** Path: any text. */
export const anyPath: PyType<string> = {
  wanted: 'a path',
  schema: { type: 'string' },
  validate: (node, path) => (node.kind === 'string' ? right(node.value) : wrong(node, path, 'path_type', 'a path')),
};

/** ResolvedFilePathOrUrl of cosmos-framework (inference/common/args.py:272-279). */
export const fileOrUrl: PyType<string> = {
  wanted: `${FILE}, or an http, https or s3 address`,
  schema: { type: 'string', minLength: 1 },
  validate: (node, path, around) => {
    if (node.kind !== 'string') return wrong(node, path, 'string_type', fileOrUrl.wanted);
    if (isUrl(node.value)) return right(node.value);
    const there = entryOf(node, around, 'expand') === 'file';
    return there ? right(node.value) : wrong(node, path, 'value_error', fileOrUrl.wanted);
  },
};

/** Case-sensitive, as str.startswith is. */
export function isUrl(text: string): boolean {
  return /^(?:https?|s3):\/\//.test(text);
}

/**
 * What stands at a path. @param home `expand`: "~" is the home folder, as Path.expanduser has it.
 * @throws PyException where stat() fails for another reason than "not there": no permission, a name over 255 bytes.
 */
function entryOf(node: PyString, around: Surroundings, home?: 'expand') {
  const entry = around.entry(node.value, home);
  if (entry === 'unreadable') throw osError(node, 'OSError');
  return entry;
}

export function osError(node: PyNode, type: string, path: SpecPath = []): PyException {
  return new PyException({ path, type, node, wanted: FILE });
}

/** PurePath.suffix: ".mp4" of "a/b.mp4"; nothing for ".mp4" itself and "a.". */
export function suffixOf(named: string): string {
  const name =
    named
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  return dot > 0 && dot < name.length - 1 ? name.slice(dot) : '';
}

/** PurePath.stem. */
export function stemOf(named: string): string {
  const name = named.split(/[\\/]/).at(-1) ?? '';
  return name.slice(0, name.length - suffixOf(name).length);
}
