/** A host reached by SSH: one connection, many channels. */
import type { Readable } from 'node:stream';
import pLimit from 'p-limit';
import { CosmosError, coerceError } from '../../errors.js';
import { KILL_GROUP } from './command.js';
import { channelFailure, connectionLost } from './connection-failures.js';
import { dial, type Line } from './dial.js';
import type { DialOptions } from './dial-options.js';
import { type Call, type Ending, type Execution, execute } from './execution.js';
import type { Remote, RemoteResult, RemoteStream, RunOptions, StreamOptions } from './remote.js';
import { shellFailure } from './shell-failures.js';
import type { SshTarget } from './target.js';

/** Short commands at a time: OpenSSH allows 10 channels (MaxSessions), and followers and downloads need some of them. */
const RUNS = 4;
/** Bytes of stdout that a finished command may have printed; more belongs into a stream. */
const MAX_STDOUT = 16 * 2 ** 20;
/** Milliseconds that a killed command may take to end, before its channel is closed anyway. */
const KILL_MS = 10_000;

type CloseListener = (reason: CosmosError | undefined) => void;

export class SshConnection implements Remote {
  private readonly runs = pLimit(RUNS);
  private readonly closeListeners = new Set<CloseListener>();
  /** Whether the login shell has ever started one of our commands. */
  private isProven = false;
  private closed: 'no' | 'by us' | 'lost' = 'no';

  private constructor(
    readonly target: SshTarget,
    private readonly line: Line,
    private readonly options: DialOptions,
  ) {
    line.client.once('close', () => this.onClosed());
  }

  /** @throws CosmosError of connection-failures.ts, keys/host-key.ts or keys/authentication.ts. */
  static async open(target: SshTarget, options: DialOptions): Promise<SshConnection> {
    return new SshConnection(target, await dial(target, options), options);
  }

  run(script: string, args: readonly string[] = [], options: RunOptions = {}): Promise<RemoteResult> {
    return this.runs(() => this.complete({ script, args, stdin: options.stdin }, options.signal));
  }

  stream(script: string, args: readonly string[], { signal, stdin }: StreamOptions): RemoteStream {
    return this.start({ script, args, stdin }, signal);
  }

  /** Calls back once, with the reason unless we closed it ourselves; returns a function that unsubscribes. */
  onClose(listener: CloseListener): () => void {
    this.closeListeners.add(listener);
    return () => this.closeListeners.delete(listener);
  }

  close(): void {
    if (this.closed === 'no') this.closed = 'by us';
    this.line.hangUp();
  }

  private async complete(call: Call, signal: AbortSignal | undefined): Promise<RemoteResult> {
    const { stdout, done } = this.start(call, signal);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of stdout) {
      bytes += chunk.length;
      if (bytes > MAX_STDOUT) throw tooMuch(this.target);
      chunks.push(chunk);
    }
    const { exitCode, stderr } = await done;
    if (exitCode === null) throw connectionLost(this.target);
    return { exitCode, stdout: Buffer.concat(chunks), stderr };
  }

  private start(call: Call, signal: AbortSignal | undefined): RemoteStream {
    const opened = this.execute(call, signal);
    const done = this.finish(opened, call.stdin, signal);
    done.catch(() => {}); // stdout throws the same error; without this, a caller that reads only stdout would crash the process
    return { stdout: this.output(opened, done), done };
  }

  private async execute(call: Call, signal: AbortSignal | undefined): Promise<Execution> {
    signal?.throwIfAborted();
    try {
      return await execute(this.line.client, call, { clock: this.options.clock, isProven: this.isProven });
    } catch (error) {
      throw this.refusal(error);
    }
  }

  private async *output(opened: Promise<Execution>, done: Promise<unknown>): AsyncGenerator<Uint8Array> {
    const execution = await opened;
    let isRead = false;
    try {
      yield* execution.stdout;
      isRead = true;
    } finally {
      if (!isRead) this.kill(execution, new Error('the output is no longer read'));
    }
    await done;
  }

  private async finish(opened: Promise<Execution>, stdin: Readable | Buffer | undefined, signal?: AbortSignal) {
    const execution = await opened;
    let brokenInput: Error | undefined;
    const onAbort = () => this.kill(execution, coerceError(signal?.reason));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    if (stdin !== undefined && !Buffer.isBuffer(stdin)) {
      stdin.once('error', (error) => {
        brokenInput = error;
        this.kill(execution, error);
      });
    }
    const ending = await execution.ended;
    signal?.removeEventListener('abort', onAbort);
    if (brokenInput !== undefined) throw brokenInput;
    return this.result(ending, signal?.aborted === true);
  }

  private result({ exitCode, stderr, unreached }: Ending, isAborted: boolean) {
    if (!isAborted && exitCode === null && this.closed !== 'no') throw connectionLost(this.target);
    if (!isAborted && unreached !== undefined) throw shellFailure(this.target, unreached);
    this.isProven ||= unreached === undefined;
    return { exitCode, stderr };
  }

  private kill(execution: Execution, reason: Error): void {
    const cancel = this.options.clock.after(KILL_MS, () => execution.abandon());
    execution.ended.then(cancel);
    const group = execution.drop(reason);
    if (group === undefined) return;
    // The connection may be gone, and with it the command's input.
    this.complete({ script: KILL_GROUP, args: [String(group)], stdin: undefined }, undefined).catch(() => {});
  }

  /** ssh2 gives the same message for a request that the host refused and one that a lost connection left open. */
  private refusal(error: unknown): CosmosError {
    return this.closed === 'no' ? channelFailure(error, this.target) : connectionLost(this.target, coerceError(error));
  }

  private onClosed(): void {
    const reason = this.closed === 'by us' ? undefined : connectionLost(this.target);
    if (this.closed === 'no') this.closed = 'lost';
    for (const listener of this.closeListeners) listener(reason);
    this.closeListeners.clear();
  }
}

function tooMuch(target: SshTarget): CosmosError {
  return new CosmosError('internal', `A command on ${target.name} printed more than ${MAX_STDOUT} bytes.`);
}
