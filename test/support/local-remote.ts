/** A Remote on this machine: real sh and real files, with a line that can be slow, cut, and counted. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { CosmosError } from '../../daemon/errors.js';
import type { Remote, RemoteResult, RemoteStream, RunOptions, StreamOptions } from '../../daemon/host/shell/remote.js';

export interface LocalRemoteOptions {
  /** The shell and, with busybox, its own tools. */
  readonly shell?: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Another user, who need not have a name; only for root. */
  readonly uid?: number;
}

/** What goes over the line, and when it breaks. */
export class Line {
  up = 0;
  down = 0;
  commands = 0;
  /** Bytes in either direction after which the connection is lost, once. */
  cutAfter = Number.POSITIVE_INFINITY;
  /** Milliseconds that every piece takes on its way up. */
  pace = 0;
  /** Called with every piece, before it goes over. */
  onPiece: () => void = () => {};

  async carry(direction: 'up' | 'down', bytes: number): Promise<void> {
    this.onPiece();
    if (this.pace > 0) await pause(this.pace);
    this[direction] += bytes;
    this.cutAfter -= bytes;
    if (this.cutAfter > 0) return;
    this.cutAfter = Number.POSITIVE_INFINITY;
    throw new CosmosError('host_connection_lost', 'The connection was lost.');
  }
}

export class LocalRemote implements Remote {
  readonly line = new Line();
  private readonly alive = new Set<Promise<unknown>>();

  constructor(private readonly options: LocalRemoteOptions = {}) {}

  async run(script: string, args: readonly string[] = [], options: RunOptions = {}): Promise<RemoteResult> {
    const { child, ended } = this.start(script, args, options.signal);
    const stdout: Buffer[] = [];
    child.stdout?.on('data', (piece: Buffer) => stdout.push(piece));
    await this.feed(child, options.stdin, ended);
    const { exitCode, stderr } = await ended;
    options.signal?.throwIfAborted();
    return { exitCode, stdout: Buffer.concat(stdout), stderr };
  }

  stream(script: string, args: readonly string[], { signal, stdin }: StreamOptions): RemoteStream {
    const { child, ended } = this.start(script, args, signal);
    const done = Promise.all([ended, this.feed(child, stdin, ended)]).then(([end]) => end);
    return { stdout: this.carried(child.stdout ?? Readable.from([])), done };
  }

  /** Resolves when no command runs any more: one goes on when the connection is cut, as with sshd. */
  async idle(): Promise<void> {
    await Promise.all(this.alive);
  }

  private start(script: string, args: readonly string[], signal: AbortSignal | undefined) {
    this.line.commands++;
    const { shell: [shell, ...flags] = ['sh'], env, uid } = this.options;
    const child = spawn(shell, [...flags, '-c', script, 'sh', ...args], {
      ...(uid === undefined ? {} : { uid, gid: uid, cwd: '/' }),
      env: { ...process.env, ...env },
      detached: true, // its own group, so that aborting ends everything the script started
    });
    const end = () => child.pid !== undefined && child.exitCode === null && process.kill(-child.pid, 'SIGTERM');
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    const ended = describeEnd(child).finally(() => signal?.removeEventListener('abort', end));
    this.alive.add(ended);
    void ended.finally(() => this.alive.delete(ended));
    return { child, ended };
  }

  /** A command may end without reading all of its input, which may have no end of its own. */
  private async feed(
    child: ChildProcess,
    input: Readable | Buffer | undefined,
    ended: Promise<unknown>,
  ): Promise<void> {
    const { stdin } = child;
    stdin?.on('error', () => {});
    if (input instanceof Readable) void ended.then(() => input.destroy());
    try {
      for await (const piece of pieces(input)) {
        await this.line.carry('up', piece.length);
        if (stdin?.write(piece) === false) await Promise.race([once(stdin, 'drain').catch(() => ended), ended]);
      }
    } catch (error) {
      if (child.exitCode === null && child.signalCode === null) throw error;
    } finally {
      stdin?.end();
    }
  }

  private async *carried(stdout: Readable): AsyncGenerator<Uint8Array> {
    for await (const piece of stdout) {
      await this.line.carry('down', piece.length);
      yield piece;
    }
  }
}

async function* pieces(input: Readable | Buffer | undefined): AsyncGenerator<Buffer> {
  if (input === undefined) return;
  if (Buffer.isBuffer(input)) yield input;
  else yield* input;
}

async function describeEnd(child: ChildProcess): Promise<{ exitCode: number; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (piece: Buffer) => {
    stderr += piece.toString();
  });
  const [code] = await once(child, 'close');
  return { exitCode: code ?? 143, stderr };
}

/** Bytes of a file of this machine; undefined when there is none. */
export async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
