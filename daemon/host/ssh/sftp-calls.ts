/** ssh2's SFTP requests as promises, their failures in our words. */
import type { SFTPWrapper, Stats } from 'ssh2';
import { CosmosError, coerceError } from '../../errors.js';
import { connectionLost } from './failures.js';
import type { SshTarget } from './target.js';

/** SSH_FX_* of draft-ietf-secsh-filexfer-02, section 7. */
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;
const FAILURE = 4;

type Done<T> = (error: Error | null | undefined, result: T) => void;

export class SftpCalls {
  /** Fail the requests that wait for an answer: the library leaves those unanswered that follow the channel's end. */
  private readonly waiting = new Set<(error: Error) => void>();
  private isOpen = true;

  constructor(
    private readonly sftp: SFTPWrapper,
    private readonly target: SshTarget,
  ) {
    sftp.once('end', () => this.onEnd()).once('close', () => this.onEnd());
  }

  open(path: string, flags: 'r' | 'r+' | 'w'): Promise<Buffer> {
    return this.call(path, (done: Done<Buffer>) => this.sftp.open(path, flags, done));
  }

  stat(path: string): Promise<Stats> {
    return this.call(path, (done: Done<Stats>) => this.sftp.stat(path, done));
  }

  fstat(handle: Buffer, path: string): Promise<Stats> {
    return this.call(path, (done: Done<Stats>) => this.sftp.fstat(handle, done));
  }

  truncate(handle: Buffer, size: number, path: string): Promise<void> {
    return this.call(path, (done: Done<void>) =>
      this.sftp.fsetstat(handle, { size }, (error) => done(error, undefined)),
    );
  }

  /** Bytes read, at least 1; 0 at the end of the file. */
  read(handle: Buffer, into: Buffer, at: number, path: string): Promise<number> {
    return this.call(path, (done: Done<number>) => this.sftp.read(handle, into, 0, into.length, at, done));
  }

  async write(handle: Buffer, bytes: Buffer, at: number, path: string): Promise<void> {
    const write = (done: Done<void>) =>
      this.sftp.write(handle, bytes, 0, bytes.length, at, (error) => done(error, undefined));
    try {
      await this.call(path, write);
    } catch (error) {
      if (statusOf(error) === FAILURE && (await this.isFull(handle))) throw this.full(path, coerceError(error));
      throw error;
    }
  }

  /** Never fails: the host closes the handles of a lost connection by itself. */
  async close(handle: Buffer): Promise<void> {
    await this.ask((done: Done<void>) => this.sftp.close(handle, () => done(undefined, undefined))).catch(() => {});
  }

  private async call<T>(path: string, request: (done: Done<T>) => void): Promise<T> {
    try {
      return await this.ask(request);
    } catch (error) {
      throw this.failure(path, coerceError(error));
    }
  }

  private ask<T>(request: (done: Done<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!this.isOpen) throw new Error('the SFTP channel is closed');
      this.waiting.add(reject);
      request((error, result) => {
        this.waiting.delete(reject);
        if (error) reject(error);
        else resolve(result);
      });
    });
  }

  private onEnd(): void {
    this.isOpen = false;
    for (const fail of this.waiting) fail(new Error('the SFTP channel was closed'));
    this.waiting.clear();
  }

  private failure(path: string, cause: Error): CosmosError {
    const { name, user } = this.target;
    const status = codeOf(cause);
    const data = { host: name, path, status: status ?? null };
    switch (status) {
      case undefined:
        return connectionLost(this.target, cause);
      case NO_SUCH_FILE:
        return new CosmosError('not_found', `There is no ${path} on ${name}.`, data, { cause });
      case PERMISSION_DENIED:
        return new CosmosError(
          'host_file_failed',
          `${user} may not use ${path} on ${name}; check its owner and mode.`,
          data,
          { cause },
        );
      default:
        return new CosmosError('host_file_failed', `${name} could not read or write ${path}: ${cause.message}.`, data, {
          cause,
        });
    }
  }

  /** SFTP has no status for a full disk: OpenSSH says "Failure", and its extension knows the rest. */
  private async isFull(handle: Buffer): Promise<boolean> {
    const ask = (done: Done<{ f_bavail: unknown }>) => this.sftp.ext_openssh_fstatvfs(handle, done);
    const disk = await this.ask(ask).catch(() => undefined);
    return Number(disk?.f_bavail) === 0;
  }

  private full(path: string, cause: Error): CosmosError {
    const { name } = this.target;
    return new CosmosError(
      'disk_full',
      `The disk of ${path} on ${name} is full; free some space there.`,
      { host: name, path },
      { cause },
    );
  }
}

export function isMissing(error: unknown): boolean {
  return statusOf(error) === NO_SUCH_FILE;
}

/** SFTP status of a failure that this module made. */
function statusOf(error: unknown): number | undefined {
  return error instanceof CosmosError && error.cause instanceof Error ? codeOf(error.cause) : undefined;
}

function codeOf(error: Error): number | undefined {
  return 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}
