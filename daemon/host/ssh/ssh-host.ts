/** A machine behind a shell (SSH) as a host: runs are detached containers or processes under a wrapper of ours. */
import { stat } from 'node:fs/promises';
import { nanoid } from 'nanoid';
import type { Clock } from '../../clock.js';
import type { CollectedFile, Host, HostCommand, RemoteFile, RunStatus, StagedFile } from '../host.js';
import { runChecked } from '../shell/checked.js';
import { type Gpu, isIdle, readGpus } from '../shell/nvidia-smi.js';
import type { Remote, RemoteResult } from '../shell/remote.js';
import { tooManyFiles } from '../too-many-files.js';
import { containerArguments, variables, wrapperCommand } from './container.js';
import { containerFailure } from './container-failures.js';
import { followFile } from './follow.js';
import { gpusFree } from './gpu-release.js';
import { type Acquired, type Lease, SlotLeases } from './lease.js';
import { removeRun } from './remove.js';
import { containerName, RunPaths, TOKEN_LABEL } from './run-paths.js';
import { type FoundRun, readRecord, readRecords, recordOf } from './run-record.js';
import { START_CONTAINER, START_PROCESS } from './start.js';
import { judge, readFacts, recordEntryPointFailure } from './status.js';
import { stopRun } from './stop.js';
import { WRAPPER } from './wrapper.js';

/** Contents by hash on the host; daemon/host/transfer/transfer.ts. */
export interface HostStore {
  ensure(
    files: readonly { from: string; sha256: string; bytes: number }[],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<unknown>;
  place(items: readonly { sha256: string; to: string }[]): Promise<void>;
  fetch(
    files: readonly CollectedFile[],
    signal: AbortSignal,
    onBytes: undefined,
    source: { readonly host: string; readonly below: string },
  ): Promise<void>;
}

export interface SshHostOptions {
  readonly id: string;
  readonly remote: Remote;
  readonly store: HostStore;
  readonly clock: Clock;
  /** Absolute folder on the host that is ours. */
  readonly root: string;
  /** Person and machine, as others see who holds a GPU. */
  readonly owner: string;
  /** Folder of the leases of the whole host. */
  readonly leases?: string;
  /** Seconds between asking a run to end and killing it. */
  readonly graceSeconds?: number;
  /** MiB that an idle GPU may have in use. */
  readonly idleMemory?: number;
  /** Milliseconds that GPU memory may take to become free after a stop. */
  readonly freeMs?: number;
}

/**
 * $1 folder, $2 files, $3 bytes of the answer: size and name of every file, "SIZE NAME" each, a NUL after it because names
 * may hold line breaks.
 */
const FILES = `cd "$1" || exit; find . -type f -printf '%s %P\\0' | head -z -n "$2" | head -c "$3"`;

/** Bytes that an entry of the list takes on average, per file. */
const NAME_BYTES = 200;

export class SshHost implements Host {
  readonly id: string;
  private readonly remote: Remote;
  private readonly paths: RunPaths;
  private readonly slots: SlotLeases;

  constructor(private readonly options: SshHostOptions) {
    const { id, remote, owner, leases, root } = options;
    this.id = id;
    this.remote = remote;
    this.paths = new RunPaths(root);
    this.slots = new SlotLeases({ remote, owner, folder: leases });
  }

  runFolder(run: string): string {
    return this.paths.folder(run);
  }

  async stage(run: string, files: readonly StagedFile[], signal: AbortSignal): Promise<void> {
    const items = files.map(({ sha256, to }) => ({ sha256, to: this.paths.inside(run, to) }));
    const contents = files.map(async ({ from, sha256 }) => ({ from, sha256, bytes: (await stat(from)).size }));
    await this.options.store.ensure(await Promise.all(contents), signal);
    signal.throwIfAborted();
    await this.options.store.place(items);
  }

  /**
   * May be called any number of times, from any daemon, also after a crash at any line: a container name exists only
   * once, and the wrapper claims the run before it starts the command (wrapper.ts).
   * @throws CosmosError with Docker's reason (container-failures.ts).
   */
  async start(run: string, command: HostCommand): Promise<void> {
    const folder = this.paths.folder(run);
    const token = nanoid();
    const stdin = Buffer.from(JSON.stringify(recordOf(run, this.options.owner, command)));
    if (command.container !== undefined) return this.startContainer(run, command, token, stdin);
    const args = [folder, WRAPPER, ...variables(command.env), ...wrapperCommand(folder, token, command)];
    this.started(run, await this.remote.run(START_PROCESS, args, { stdin }), command);
  }

  async inspect(run: string): Promise<RunStatus> {
    const [folder, container] = [this.paths.folder(run), containerName(run)];
    const status = judge(await readFacts(this.remote, folder, container));
    if (status.state !== 'failedInEntryPoint') return status;
    await recordEntryPointFailure(this.remote, folder, container, status.exitCode);
    return this.inspect(run);
  }

  follow(run: string, from: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    return this.followFile(run, 'log', from, signal);
  }

  followFile(run: string, file: string, from: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const followed = {
      folder: this.paths.folder(run),
      container: containerName(run),
      file: this.paths.inside(run, file),
      inspect: () => this.inspect(run),
    };
    return followFile(this.remote, followed, from, signal);
  }

  /**
   * A run that has not started yet never starts afterwards. Resolves when the run is gone and its GPUs are free.
   * @throws CosmosError gpu_memory_held, or when the host cannot be asked.
   */
  async stop(run: string): Promise<void> {
    const { remote, options } = this;
    const { clock, graceSeconds = 10, idleMemory: floor = 1024, freeMs: limitMs = 30_000 } = options;
    const folder = this.paths.folder(run);
    await stopRun(remote, { folder, container: containerName(run), graceSeconds });
    const gpus = (await readRecord(remote, folder))?.container?.gpus ?? [];
    if (gpus.length > 0) await gpusFree(remote, clock, { gpus, floor, limitMs });
  }

  async files(run: string, most: number): Promise<RemoteFile[]> {
    const folder = this.paths.folder(run);
    const bytes = most * NAME_BYTES;
    const answer = await runChecked(this.remote, FILES, [folder, String(most + 1), String(bytes)]);
    const entries = answer.toString().split('\0').slice(0, -1); // each entry ends with a NUL; one that was cut off does not
    if (entries.length > most || answer.length >= bytes) throw tooManyFiles(folder, this.id, most);
    return entries.map((entry) => {
      const cut = entry.indexOf(' ');
      return { path: entry.slice(cut + 1), bytes: Number(entry.slice(0, cut)) };
    });
  }

  async collect(run: string, files: readonly CollectedFile[], signal: AbortSignal): Promise<void> {
    const items = files.map((file) => ({ ...file, from: this.paths.inside(run, file.from) }));
    const source = { host: this.id, below: this.paths.folder(run) };
    await this.options.store.fetch(items, signal, undefined, source);
  }

  async remove(run: string): Promise<void> {
    await removeRun(this.remote, this.paths.folder(run), containerName(run));
  }

  /** Runs of all installations, not only ours. */
  records(): Promise<FoundRun[]> {
    return readRecords(this.remote, this.paths.runs);
  }

  /** Our owner name, as others see it. */
  get owner(): string {
    return this.options.owner;
  }

  /** All GPUs, with what is in use on them. */
  gpus(): Promise<Gpu[]> {
    return readGpus(this.remote);
  }

  /** GPUs without a lease and without a process. */
  async idleGpus(): Promise<Gpu[]> {
    const [gpus, leases] = [await this.gpus(), await this.leases()];
    const leased = new Set(leases.filter(({ live }) => live).map(({ gpu }) => gpu));
    return gpus.filter((gpu) => !leased.has(gpu.index) && isIdle(gpu, this.options.idleMemory ?? 1024));
  }

  leases(): Promise<Lease[]> {
    return this.slots.list();
  }

  /** Takes the GPUs for the run, all or none; renews when it has them. */
  acquire(gpus: readonly number[], run: string): Promise<Acquired> {
    return this.slots.acquire(gpus, run);
  }

  async release(run: string): Promise<void> {
    await this.slots.release(run);
  }

  private async startContainer(run: string, command: HostCommand, token: string, stdin: Buffer): Promise<void> {
    const { container: plan } = command;
    if (plan === undefined) return;
    const folder = this.paths.folder(run);
    const facts = [containerName(run), `${TOKEN_LABEL}=${token}`, plan.image, plan.envFile ?? ''];
    const args = [folder, WRAPPER, ...facts, ...containerArguments({ run, folder, token, command, plan })];
    this.started(run, await this.remote.run(START_CONTAINER, args, { stdin }), command);
  }

  private started(run: string, result: RemoteResult, { container }: HostCommand): void {
    if (result.exitCode === 0) return;
    const subject = {
      container: containerName(run),
      image: container?.image ?? '',
      envFile: container?.envFile ?? null,
    };
    throw containerFailure(result, 'started', subject);
  }
}
