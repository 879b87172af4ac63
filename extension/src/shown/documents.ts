/** Documents of this extension: their names, and the errors that VS Code shows if they cannot be read or written. */
import {
  type Disposable,
  FileSystemError,
  type FileSystemProvider,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from 'vscode';
import { problemOf } from '../problem.js';
import { fileName, linkless } from './inert.js';

/** URI of a document whose name comes from others. @param folder its path, made of ids. */
export function documentUri(scheme: string, folder: string, name: string, query = ''): Uri {
  return Uri.from({ scheme, path: `${folder}/${fileName(name)}`, query });
}

export function unavailable(words: string): FileSystemError {
  return FileSystemError.Unavailable(linkless(words));
}

export function notAllowed(words: string): FileSystemError {
  return FileSystemError.NoPermissions(linkless(words));
}

export function notFound(words: string): FileSystemError {
  return FileSystemError.FileNotFound(linkless(words));
}

/** A file system whose error messages contain nothing that VS Code would run or link. */
export function serveFiles(
  scheme: string,
  files: FileSystemProvider,
  options: { readonly isReadonly?: boolean; readonly isCaseSensitive: boolean },
): Disposable {
  const inertly: FileSystemProvider = {
    onDidChangeFile: files.onDidChangeFile,
    watch: (uri, how) => files.watch(uri, how),
    stat: (uri) => told(() => files.stat(uri)),
    readDirectory: (uri) => told(() => files.readDirectory(uri)),
    createDirectory: (uri) => told(() => files.createDirectory(uri)),
    readFile: (uri) => told(() => files.readFile(uri)),
    writeFile: (uri, content, how) => told(() => files.writeFile(uri, content, how)),
    delete: (uri, how) => told(() => files.delete(uri, how)),
    rename: (from, to, how) => told(() => files.rename(from, to, how)),
  };
  return workspace.registerFileSystemProvider(scheme, inertly, options);
}

/** A content provider with the same safe error messages. */
export function serveText(
  scheme: string,
  provide: (uri: Uri) => string | Promise<string>,
  onDidChange?: TextDocumentContentProvider['onDidChange'],
): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => told(() => provide(uri)),
    ...(onDidChange !== undefined && { onDidChange }),
  });
}

async function told<T>(work: () => T | Thenable<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileSystemError) throw error;
    throw unavailable(problemOf(error).message);
  }
}
