/** The log of a job or run as it grows; a daemon that goes away meanwhile is found again. */
import type { DaemonClient } from '../../client/daemon-client.js';
import { hear } from '../../client/hear.js';
import { type LogRequest, LogStream, type SteadyDaemon } from '../../client/log-stream.js';
import type { MethodName, NotificationName, NotificationParams, Params, ResultOf } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { Take } from './log-read.js';

type Connect = () => Promise<DaemonClient>;

/** Delivers the log until it is complete. */
export async function followLog(connect: Connect, request: LogRequest, write: Take): Promise<void> {
  const daemon = new FoundAgain(connect);
  const sink = { write, skipped: () => {}, full: false, room: async () => {} };
  try {
    await new LogStream(daemon, request, sink, new AbortController().signal, 'at its start').flow();
  } finally {
    await daemon.close();
  }
}

class FoundAgain implements SteadyDaemon {
  private daemon: DaemonClient | undefined;

  constructor(private readonly connect: Connect) {}

  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    for (;;) {
      const daemon = await this.found();
      try {
        return await daemon.call(method, params);
      } catch (error) {
        if (!(error instanceof CosmosError) || error.code !== 'daemon_unreachable') throw error;
        await daemon.close();
      }
    }
  }

  on<N extends NotificationName>(name: N, handler: (params: NotificationParams<N>) => void): () => void {
    return this.daemon === undefined ? () => {} : hear(this.daemon, name, handler);
  }

  onBreak(handler: () => void): () => void {
    let isHeard = true;
    const gone = this.daemon?.closed ?? Promise.resolve();
    void gone.then(() => isHeard && handler());
    return () => {
      isHeard = false;
    };
  }

  unfollow(follow: string): void {
    this.daemon?.call('log.unfollow', { follow }).catch(() => {});
  }

  async close(): Promise<void> {
    await this.daemon?.close();
  }

  private async found(): Promise<DaemonClient> {
    if (this.daemon !== undefined) return this.daemon;
    const daemon = await this.connect();
    this.daemon = daemon;
    void daemon.closed.then(() => {
      if (this.daemon === daemon) this.daemon = undefined;
    });
    return daemon;
  }
}
