/** The daemon's own store of contents on a host, and the ways in and out of it. */
import path from 'node:path';
import { nanoid } from 'nanoid';
import pLimit from 'p-limit';
import type { Clock } from '../../clock.js';
import { CosmosError } from '../../errors.js';
import type { Remote } from '../shell/remote.js';
import { ensureContents } from './ensure.js';
import { type Fetch, fetchFiles, type Source } from './fetch.js';
import { type ContentLink, linkContents } from './link-contents.js';
import { pruneStore } from './prune.js';
import type { Content } from './stock.js';

/**
 * Contents lie under `<root>/cas/<two digits>/<sha256>`, where a file appears complete and verified or not at all. Many
 * daemons may use one root: each writes into files of its own, and only a rename makes a content visible.
 */
export class RemoteStore {
  private readonly inTurn = pLimit(1);

  /**
   * @param root absolute path on the host; made when it is not there.
   * @param writer names this daemon's unfinished uploads (letters, digits, "-" and "_"): one that stays the same over
   *   restarts lets them continue at once, and no other daemon may have it.
   */
  constructor(
    private readonly remote: Remote,
    private readonly root: string,
    private readonly clock: Clock,
    private readonly writer: string = nanoid(),
  ) {
    if (!path.posix.isAbsolute(root)) throw new CosmosError('internal', `The host's root "${root}" is not absolute.`);
  }

  /**
   * Sends the contents that the store lacks, one call after the other: two at once would only share the bandwidth.
   * `onBytes` gets how many bytes of all `files` are on the host by now, never less than before. After a cut or an
   * abort, a later call continues where this one stopped.
   * @throws CosmosError disk_full (data.needed and data.free in bytes), host_file_failed, clip_changed, transfer_failed or
   *   host_step_failed; whatever the connection throws.
   */
  ensure(
    files: readonly Content[],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<{ sentBytes: number }> {
    return this.inTurn(async () => {
      signal.throwIfAborted();
      return { sentBytes: await ensureContents(this.where, this.writer, files, this.clock, signal, onBytes) };
    });
  }

  /**
   * Puts contents of the store into a folder of the host, by hard link or as copies; verified once more on the way.
   * @param folder absolute path that every `to` has to lie in; `<root>/runs` unless a narrower one is given.
   * @throws CosmosError transfer_failed when the store lacks a content: ensure() brings it.
   */
  place(items: readonly ContentLink[], folder = path.posix.join(this.root, 'runs')): Promise<void> {
    return linkContents(this.where, folder, items);
  }

  /**
   * Fetches files to absolute local paths, in order, each by `<to>.part`, SHA-256 and rename; parts of big files are
   * continued. `onBytes` gets how many bytes of all files are here by now; `source` limits them to a folder.
   * @throws CosmosError too_much_from_host, no_space_here, not_found, transfer_failed, host_file_failed or host_step_failed; whatever the connection throws.
   */
  fetch(
    files: readonly Fetch[],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
    source?: Source,
  ): Promise<void> {
    return fetchFiles(this.where, files, this.clock, signal, onBytes, source);
  }

  /** Removes the least recently used contents until `keepBytes` are left; never one that a run folder links. */
  prune(keepBytes: number): Promise<void> {
    return pruneStore(this.where, keepBytes);
  }

  private get where() {
    return { remote: this.remote, root: this.root };
  }
}
