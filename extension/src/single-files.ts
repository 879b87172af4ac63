/** A file system of single files, each opened by its address: there is no folder to look into, and none is made or removed. */
import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  type FileType,
  type Uri,
} from 'vscode';

export abstract class SingleFiles implements FileSystemProvider {
  protected readonly changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  abstract stat(uri: Uri): FileStat | Promise<FileStat>;
  abstract readFile(uri: Uri): Promise<Uint8Array>;

  /** What changes is heard of anyway, or never changes. */
  watch(): Disposable {
    return new Disposable(() => {});
  }

  /** Read-only, unless a kind of file says otherwise. */
  writeFile(uri: Uri, _content: Uint8Array): void | Promise<void> {
    throw FileSystemError.NoPermissions(uri);
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }
}
