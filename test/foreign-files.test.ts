/** Where files of strangers come in, only the door opens, reads and lists them: read from the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Areas that foreign files come into. */
const AREAS = ['watch', 'submit', 'contents', 'workload', 'text', 'picture', 'media'];

/** What opens, reads, asks or lists by name; a folder of ours that is made or removed is no file of a stranger. */
const DOORS = new Set(
  ['access', 'createReadStream', 'exists', 'glob', 'lstat', 'open', 'openAsBlob', 'opendir', 'readFile', 'readdir']
    .concat(['readlink', 'realpath', 'stat', 'statfs', 'watch', 'watchFile', 'copyFile', 'cp'])
    .flatMap((name) => [name, `${name}Sync`]),
);

/** File -> why it may. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'daemon/watch/complete-clip.ts': 'writes the manifest into a draft that only it can have opened (wx)',
  'daemon/watch/watch-files.ts': 'the spool, a folder of our own state',
  'daemon/submit/spool-file.ts': 'the spool, a folder of our own state; what lies in it is read by the door',
  'daemon/picture/movie/encode-cache.ts': 'our own state',
  'daemon/contents/freeze.ts': 'our own contents; what is frozen into them comes through the door',
  'daemon/picture/movie/thumbnails.ts': 'a picture that ffmpeg of ours wrote',
  'daemon/workload/dialects/media-cache.ts': 'our own state',
  'daemon/workload/dialects/rules-doc.ts': 'writes our own documentation',
  'daemon/workload/dialects/surroundings.ts':
    'rules ask at once, so a gate cannot be waited for: workload/transfer/spec-checks.ts asks it before',
  'daemon/workload/dialects/near-files.ts': 'as surroundings.ts',
  'daemon/workload/dialects/inside.ts': 'as surroundings.ts',
  'daemon/workload/nvidia/prepared-spec.ts': 'the compiled spec of a job, in our own state',
  'daemon/workload/preview/control-frames.ts': 'a process of its own copies frozen inputs of a job',
  'daemon/workload/preview/spec.ts': 'a process of its own reads the compiled spec of a job',
  'daemon/media/tools.ts': 'programs of this machine',
  'daemon/picture/exr/source.ts': 'a process of its own reads, which holds no thread of the daemon',
};

interface Use {
  readonly file: string;
  readonly name: string;
}

test('nobody opens files of strangers beside the door', () => {
  const strange = AREAS.flatMap((area) => sources(`daemon/${area}`))
    .flatMap(usesOf)
    .filter(({ file }) => !(file in EXCEPTIONS));
  expect(strange).toEqual([]);
});

test('every exception is still one', () => {
  const unused = Object.keys(EXCEPTIONS).filter((file) => usesOf(file).length === 0);
  expect(unused.filter((file) => file !== 'daemon/workload/dialects/rules-doc.ts')).toEqual([]);
});

function sources(folder: string): string[] {
  const found = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return found.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.split(path.sep).join('/')}`);
}

/** What a file takes of node:fs that opens files; all of it counts where it is taken under one name. */
function usesOf(file: string): Use[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  if (!/['"](?:node:)?fs\b/.test(text)) return []; // parsing all of them takes a second
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return tree.statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    const from = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
    if (!/^(?:node:)?fs(?:\/promises)?$/.test(from) || importClause === undefined || importClause.isTypeOnly) return [];
    const { namedBindings } = importClause;
    if (namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return [{ file, name: '*' }];
    return namedBindings.elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ propertyName, name }) => ({ file, name: (propertyName ?? name).text }))
      .filter(({ name }) => DOORS.has(name));
  });
}
