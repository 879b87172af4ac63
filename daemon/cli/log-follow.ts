/** Follows the log of a job or run; when the daemon goes away, it is found again. */
import type { DaemonClient } from '../../client/daemon-client.js';
import { hear } from '../../client/hear.js';
import { type LogRequest, LogStream, type SteadyDaemon } from '../../client/log-stream.js';
import type { MethodName, NotificationName, NotificationParams, Params, ResultOf } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { Take } from './log-read.js';

/** Delivers the log until it is complete. */
export async function followLog(connect: () => Promise<DaemonClient>, request: LogRequest, write: Take): Promise<void> {
  const daemon = new FoundAgain(connect);
  const sink = { write, skipped: () => {}, full: false, room: async () => {} };
  try {
    await new LogStream(daemon, request, sink, new AbortController().signal, 'at its start').flow();
  } finally {
    await daemon.current?.close();
  }
}

class FoundAgain implements SteadyDaemon {
  current: DaemonClient | undefined;

  constructor(private readonly connect: () => Promise<DaemonClient>) {}

  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    for (;;) {
      this.current ??= await this.connect();
      try {
        return await this.current.call(method, params);
      } catch (error) {
        const isGone = error instanceof CosmosError && ['daemon_unreachable', 'daemon_silent'].includes(error.code);
        if (!isGone) throw error;
        this.current = undefined;
      }
    }
  }

  on<N extends NotificationName>(name: N, handler: (params: NotificationParams<N>) => void): () => void {
    return this.current === undefined ? () => {} : hear(this.current, name, handler);
  }

  /** A handler that is not taken back is called once more, which does no harm: what has broken off has. */
  onBreak(handler: () => void): () => void {
    void this.current?.closed.then(handler);
    return () => {};
  }

  unfollow(follow: string): void {
    this.current?.call('log.unfollow', { follow }).catch(() => {});
  }
}
