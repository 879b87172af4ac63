/** RemoteFiles on this machine, over a line that can be cut. */
import { open } from 'node:fs/promises';
import type { GetOptions, PutOptions, RemoteFiles } from '../../daemon/host/remote.js';
import { type Line, sizeOf } from './local-remote.js';

const CHUNK = 255 * 1024;

export class LocalRemoteFiles implements RemoteFiles {
  constructor(private readonly line: Line) {}

  put(local: string, remote: string, options: PutOptions = {}): Promise<void> {
    return this.copy(local, remote, 'up', options.fromByte, options.onBytes, options.signal);
  }

  get(remote: string, local: string, options: GetOptions = {}): Promise<void> {
    return this.copy(remote, local, 'down', options.fromByte, options.onBytes, options.signal);
  }

  size(remote: string): Promise<number | undefined> {
    return sizeOf(remote);
  }

  private async copy(
    from: string,
    to: string,
    direction: 'up' | 'down',
    fromByte: number | undefined,
    onBytes: (bytes: number) => void = () => {},
    signal?: AbortSignal,
  ): Promise<void> {
    const source = await open(from, 'r');
    const target = await open(to, fromByte === undefined ? 'w' : 'r+');
    try {
      for (let at = fromByte ?? 0; ; ) {
        signal?.throwIfAborted();
        const { bytesRead, buffer } = await source.read(Buffer.alloc(CHUNK), 0, CHUNK, at);
        if (bytesRead === 0) return;
        await this.line.carry(direction, bytesRead);
        await target.write(buffer, 0, bytesRead, at);
        at += bytesRead;
        onBytes(at);
      }
    } finally {
      await Promise.all([source.close(), target.close()]);
    }
  }
}
