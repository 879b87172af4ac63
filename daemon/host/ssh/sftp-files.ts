/**
 * Files by SFTP: 64 chunks of 255 KiB in flight reach scp's rate, also over a WAN (the library's stream API reaches a
 * twentieth). Chunks are sent and kept in ascending order, so whatever a cut leaves behind has no holes and can be
 * continued from its size.
 */
import { type FileHandle, open } from 'node:fs/promises';
import type { SFTPWrapper } from 'ssh2';
import { CosmosError } from '../../errors.js';
import type { GetOptions, PutOptions, RemoteFiles } from '../remote.js';
import { InOrder } from './in-order.js';
import { isMissing, SftpCalls } from './sftp-calls.js';
import type { SshTarget } from './target.js';

/** The longest write that OpenSSH takes: 256 KiB less its headers. */
const CHUNK = 261_120;
const IN_FLIGHT = 64;

interface Chunk {
  readonly bytes: Buffer;
  readonly at: number;
}

export class SftpFiles implements RemoteFiles {
  private readonly calls: SftpCalls;

  constructor(sftp: SFTPWrapper, target: SshTarget) {
    this.calls = new SftpCalls(sftp, target);
  }

  async size(remote: string): Promise<number | undefined> {
    try {
      return (await this.calls.stat(remote)).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async put(local: string, remote: string, options: PutOptions = {}): Promise<void> {
    const { fromByte = 0, signal } = options;
    signal?.throwIfAborted();
    const source = await open(local, 'r');
    try {
      const { size } = await source.stat();
      mustReach(local, size, fromByte);
      const target = await this.calls.open(remote, fromByte > 0 ? 'r+' : 'w');
      try {
        if (fromByte > 0) await this.truncate(target, remote, fromByte);
        await this.send(source, target, { ...options, remote, local, size });
      } finally {
        await this.calls.close(target);
      }
    } finally {
      await source.close();
    }
  }

  async get(remote: string, local: string, options: GetOptions = {}): Promise<void> {
    const { fromByte = 0, signal } = options;
    signal?.throwIfAborted();
    const source = await this.calls.open(remote, 'r');
    try {
      const { size } = await this.calls.fstat(source, remote);
      mustReach(remote, size, fromByte);
      const target = await open(local, fromByte > 0 ? 'r+' : 'w');
      try {
        mustReach(local, (await target.stat()).size, fromByte);
        await target.truncate(fromByte);
        await this.receive(source, target, { ...options, remote, local, size });
      } finally {
        await target.close();
      }
    } finally {
      await this.calls.close(source);
    }
  }

  private async send(source: FileHandle, target: Buffer, copy: PutOptions & Copy): Promise<void> {
    const { fromByte = 0, size, signal } = copy;
    const writes = new InOrder<number>(IN_FLIGHT, (end) => copy.onBytes?.(end));
    try {
      for (let at = fromByte; at < size; at += CHUNK) {
        signal?.throwIfAborted();
        const bytes = await readChunk(source, at, Math.min(CHUNK, size - at), copy.local);
        await writes.add(this.calls.write(target, bytes, at, copy.remote).then(() => at + bytes.length));
      }
      await writes.drain();
    } finally {
      await writes.settle(); // a handle is closed when nothing uses it any more
    }
    signal?.throwIfAborted();
  }

  private async receive(source: Buffer, target: FileHandle, copy: GetOptions & Copy): Promise<void> {
    const { fromByte = 0, size, signal } = copy;
    const reads = new InOrder<Chunk>(IN_FLIGHT, async ({ bytes, at }) => {
      await target.write(bytes, 0, bytes.length, at);
      copy.onBytes?.(at + bytes.length);
    });
    try {
      for (let at = fromByte; at < size; at += CHUNK) {
        signal?.throwIfAborted();
        await reads.add(this.readRemote(source, at, Math.min(CHUNK, size - at), copy.remote));
      }
      await reads.drain();
    } finally {
      await reads.settle();
    }
    signal?.throwIfAborted();
  }

  private async readRemote(handle: Buffer, at: number, length: number, path: string): Promise<Chunk> {
    const bytes = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length; ) {
      const count = await this.calls.read(handle, bytes.subarray(filled), at + filled, path);
      if (count === 0) throw becameShorter(path);
      filled += count;
    }
    return { bytes, at };
  }

  private async truncate(handle: Buffer, path: string, size: number): Promise<void> {
    mustReach(path, (await this.calls.fstat(handle, path)).size, size);
    await this.calls.truncate(handle, size, path);
  }
}

interface Copy {
  readonly local: string;
  readonly remote: string;
  /** Bytes that the source had when the copy began. */
  readonly size: number;
}

async function readChunk(file: FileHandle, at: number, length: number, path: string): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, at + filled);
    if (bytesRead === 0) throw becameShorter(path);
    filled += bytesRead;
  }
  return bytes;
}

function becameShorter(path: string): CosmosError {
  return new CosmosError('host_file_failed', `${path} became shorter while it was copied; try again.`, { path });
}

/** To continue behind the end of a file would leave a hole of zeros. */
function mustReach(path: string, size: number, fromByte: number): void {
  if (size >= fromByte) return;
  const message = `${path} has ${size} bytes and cannot be continued from byte ${fromByte}; copy it from the start.`;
  throw new CosmosError('host_file_failed', message, { path, size, fromByte });
}
