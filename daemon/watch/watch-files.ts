/** Watches one folder, without its sub-folders, for files with one ending. */
import { realpathSync } from 'node:fs';
import { FolderEvents } from './events.js';

export interface FileWatch {
  close(): Promise<void>;
}

/**
 * Calls `changed` for every event of a file whose name ends with `ending`; resolves when no event is missed any more.
 * `failed` gets the error of the system when it cannot watch.
 */
export async function watchFiles(
  folder: string,
  ending: string,
  listener: { changed(): void; failed(error: Error): void },
): Promise<FileWatch> {
  const events = new FolderEvents(folder, realpathSync(folder), 0, {
    changed: (_, name) => {
      if (name === null || name.endsWith(ending)) listener.changed();
    },
    folderAdded: () => {},
    failed: (error) => listener.failed(error),
    flooded: () => listener.failed(new Error('events come faster than they can be followed')),
  });
  await events.ready;
  return events;
}
