/** The interface "how a host is reached": a POSIX shell over any transport. Files are streams of its commands. */
import type { Readable } from 'node:stream';

/** A POSIX shell on a host, over any transport. */
export interface Remote {
  /**
   * Runs a constant sh script; `args` are its $1, $2, ... byte for byte (no NUL). Both streams are bounded.
   * @throws CosmosError when the host cannot be asked; an exit code other than 0 is a result.
   */
  run(script: string, args?: readonly string[], options?: RunOptions): Promise<RemoteResult>;
  /** The same with live output; aborting the signal ends the remote command, not only the channel. */
  stream(script: string, args: readonly string[], options: StreamOptions): RemoteStream;
}

export interface RemoteResult {
  /** 128 + n when signal n ended the script, as shells count. */
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** Its last 64 KiB. */
  readonly stderr: string;
}

export interface RunOptions {
  /** Bytes for the commands of the script. */
  readonly stdin?: Readable | Buffer;
  readonly signal?: AbortSignal;
}

export interface StreamOptions {
  readonly signal: AbortSignal;
  readonly stdin?: Readable;
}

export interface RemoteStream {
  readonly stdout: AsyncIterable<Uint8Array>;
  /** Settles when the command has ended; exitCode null when it is not known. Rejects when the connection was lost. */
  readonly done: Promise<{ exitCode: number | null; stderr: string }>;
}
