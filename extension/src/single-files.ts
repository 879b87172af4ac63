/** A file system of single files without folders. Each file is opened by its URI. */
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

  /** No watching is needed: changes are reported anyway, or there are none. */
  watch(): Disposable {
    return new Disposable(() => {});
  }

  /** Read-only by default. */
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
