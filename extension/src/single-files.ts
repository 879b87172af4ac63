/** A file system of single files, each opened by its address: there is no folder to look into, and none is made or removed. */
import * as l10n from '@vscode/l10n';
import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type FileType,
  type Uri,
} from 'vscode';
import { notAllowed } from './shown/documents.js';

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
  writeFile(_uri: Uri, _content: Uint8Array): void | Promise<void> {
    throw readOnly();
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(_uri: Uri): void {
    throw readOnly();
  }

  delete(_uri: Uri): void {
    throw readOnly();
  }

  rename(_uri: Uri): void {
    throw readOnly();
  }
}

function readOnly(): Error {
  return notAllowed(l10n.t('This is read-only.'));
}
