/** This machine as a host: runs are detached processes under a wrapper and survive the daemon. */
import { lstat, open, opendir, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, isoNow } from '../../clock.js';
import { CosmosError, errnoOf } from '../../errors.js';
import { isInside } from '../../local-path.js';
import { spawnDetached } from '../../process.js';
import type { CollectedFile, Host, HostCommand, RemoteFile, RunStatus, StagedFile } from '../host.js';
import { tooManyFiles } from '../too-many-files.js';
import { type Offer, withinLimit, withRoom } from '../transfer/allowance.js';
import { FolderChanges } from './folder-changes.js';
import { copyInto, linkInto } from './local-files.js';
import { type Claim, RunFolder } from './run-folder.js';
import { isTreeGone, isWrapperAlive, RunStopper } from './stop.js';

/** Command line of the wrapper; the run folder is appended. */
export const WRAPPER: readonly [string, ...string[]] = [
  process.execPath,
  fileURLToPath(new URL('./wrapper/main.js', import.meta.url)),
];

/** Milliseconds that a wrapper may take to appear: it has to load Node on a busy machine. */
const CLAIM_MS = 30_000;

/** Exit code of a run that was stopped before it started: 128 + SIGTERM. */
const STOPPED = 143;

export interface LocalHostOptions {
  readonly clock: Clock;
  /** Folder that the host owns; stateDir.localHost. */
  readonly root: string;
  readonly wrapper?: readonly [string, ...string[]];
  /** Milliseconds between asking a run to end and killing it. */
  readonly graceMs?: number;
}

export class LocalHost implements Host {
  readonly id = 'local';
  private readonly clock: Clock;
  private readonly stopper: RunStopper;

  constructor(private readonly options: LocalHostOptions) {
    this.clock = options.clock;
    this.stopper = new RunStopper(options.clock, options.graceMs ?? 5000);
  }

  runFolder(run: string): string {
    return path.join(this.options.root, 'runs', run);
  }

  async stage(run: string, files: readonly StagedFile[], signal: AbortSignal): Promise<void> {
    for (const file of files) {
      signal.throwIfAborted();
      await linkInto(file.from, this.inside(run, file.to));
    }
  }

  /**
   * May be called any number of times, also after a crash at any line: the wrapper claims the run before it starts the
   * command (RunFolder.claim). If it is unknown whether a spawn worked, a second wrapper is started, and one of the two
   * finds the run claimed and exits.
   */
  async start(run: string, command: HostCommand): Promise<void> {
    if (command.container !== undefined) throw new CosmosError('no_host', 'This machine runs no containers for jobs.');
    const folder = this.folder(run);
    folder.create();
    if (folder.readClaim() !== undefined) return;
    const { argv, env, logLimit } = command;
    folder.writeCommand({ argv: [...argv], env: { ...env }, ...(logLimit === undefined ? {} : { logLimit }) });
    spawnDetached([...(this.options.wrapper ?? WRAPPER), folder.path], { cwd: folder.path, purpose: 'run' });
    await this.claimed(folder);
  }

  async inspect(run: string): Promise<RunStatus> {
    const folder = this.folder(run);
    const claim = folder.readClaim();
    if (claim === undefined) return { state: 'absent' };
    const alive = folder.readExit() === undefined && this.isAlive(folder, claim);
    if (alive) return { state: 'running', logBytes: folder.logBytes() };
    const exit = folder.readExit(); // read last: the wrapper writes it before it goes
    const logBytes = folder.logBytes();
    return exit === undefined ? { state: 'lost', logBytes } : { state: 'exited', exitCode: exit.exitCode, logBytes };
  }

  async *follow(run: string, from: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const folder = this.folder(run);
    const changes = new FolderChanges(folder.path, this.clock);
    try {
      for (let at = from; ; ) {
        const { state } = await this.inspect(run); // before reading: what was written before the end is read then
        for await (const bytes of readFrom(folder.log, at)) {
          at += bytes.length;
          signal.throwIfAborted();
          yield bytes;
        }
        if (state !== 'running') return;
        await changes.next(signal);
      }
    } finally {
      changes.close();
    }
  }

  /** A run that has not started yet never starts afterwards: its wrapper finds the run claimed. */
  async stop(run: string): Promise<void> {
    const folder = this.folder(run);
    folder.create();
    if (folder.claim({ wrapper: null, command: null })) {
      folder.writeExit({ exitCode: STOPPED, at: isoNow(this.clock) });
      return;
    }
    await this.stopper.stop(folder);
  }

  async files(run: string, most: number): Promise<RemoteFile[]> {
    const root = this.runFolder(run);
    const found: RemoteFile[] = [];
    for await (const file of filesBelow(root)) {
      if (found.length === most) throw tooManyFiles(root, 'this computer', most);
      const described = await describe(root, file);
      if (described !== undefined) found.push(described);
    }
    return found;
  }

  async collect(run: string, files: readonly CollectedFile[], signal: AbortSignal): Promise<void> {
    const root = await realpath(this.runFolder(run));
    const offers = await Promise.all(files.map((file) => offerOf(root, this.inside(run, file.from), file)));
    for (const offer of offers) withinLimit(offer);
    await withRoom(offers);
    for (const { from, to } of offers) {
      signal.throwIfAborted();
      await copyInto(from, to);
    }
  }

  async remove(run: string): Promise<void> {
    await rm(this.runFolder(run), { recursive: true, force: true, maxRetries: 5 });
  }

  private folder(run: string): RunFolder {
    return new RunFolder(this.runFolder(run));
  }

  /** A dead wrapper does not mean that the run has ended: the command writes the log itself and may still run. */
  private isAlive(folder: RunFolder, claim: Claim): boolean {
    return isWrapperAlive(folder, claim, this.clock) || !isTreeGone(claim);
  }

  private async claimed(folder: RunFolder): Promise<void> {
    const changes = new FolderChanges(folder.path, this.clock);
    try {
      const limit = this.clock.monotonic() + CLAIM_MS;
      while (folder.readClaim() === undefined) {
        if (this.clock.monotonic() > limit) {
          throw new CosmosError('internal', `The process that looks after the run in ${folder.path} did not start.`);
        }
        await changes.next(AbortSignal.timeout(CLAIM_MS));
      }
    } finally {
      changes.close();
    }
  }

  /** Absolute path of a file of the run. @throws CosmosError internal when it would lie outside the run's folder. */
  private inside(run: string, file: string): string {
    const relative = path.posix.normalize(file);
    if (path.posix.isAbsolute(relative) || relative.split('/')[0] === '..') {
      throw new CosmosError('internal', `"${file}" does not lie in the folder of run ${run}.`);
    }
    return path.join(this.runFolder(run), ...relative.split('/'));
  }
}

/** Walks one folder at a time, because a run may leave more names than fit into memory. Links are not followed. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  const folders: string[] = [];
  for await (const entry of await opendir(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) yield file;
    else if (entry.isDirectory()) folders.push(file);
  }
  for (const below of folders) yield* filesBelow(below);
}

/** @param root real path of the run's folder. @throws CosmosError not_found unless it is a regular file in that folder. */
async function offerOf(root: string, from: string, { to, limit }: CollectedFile): Promise<Offer> {
  const facts = await lstat(from).catch(() => undefined);
  const isOurs = facts?.isFile() === true && isInside(await realpath(from), root);
  if (!isOurs) throw new CosmosError('not_found', `${from} is not a file of its run.`, { file: from });
  return { from, host: 'this computer', to, limit, bytes: facts.size, have: 0 };
}

/** Files that are deleted while we list (temporary files of the run) are left out. */
async function describe(root: string, file: string): Promise<RemoteFile | undefined> {
  try {
    const { size } = await stat(file);
    return { path: path.relative(root, file).split(path.sep).join('/'), bytes: size };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of one read: large enough for throughput, small enough for a progress bar. */
const PIECE_BYTES = 2 ** 16;

/** What a growing file holds now, from byte `from` on, in pieces; nothing when the file does not exist yet. */
async function* readFrom(file: string, from: number): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    for (let at = from; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
