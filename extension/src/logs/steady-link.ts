/** Calls that survive the loss of the connection: they are repeated when the daemon is back. */
import type { SteadyDaemon } from '../../../client/log-stream.js';
import type { MethodName, NotificationName, NotificationParams, Params, ResultOf } from '../../../schemas/index.js';
import type { Link } from '../link.js';
import { Problem } from '../problem.js';

export class SteadyLink implements SteadyDaemon {
  constructor(
    private readonly link: Pick<Link, 'call' | 'on' | 'onState' | 'state'>,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Repeats the call until a daemon answers. Only for calls that change nothing.
   * @throws Problem from the daemon; the signal's reason once it aborts.
   */
  async call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>> {
    for (;;) {
      await this.connected();
      this.signal.throwIfAborted();
      try {
        return await this.link.call(method, params);
      } catch (error) {
        const isLost = error instanceof Problem && error.code === 'daemon_unreachable';
        if (!isLost) throw error;
      }
    }
  }

  on<N extends NotificationName>(name: N, handler: (params: NotificationParams<N>) => void): () => void {
    return this.link.on(name, handler);
  }

  onBreak(handler: () => void): () => void {
    return this.link.onState(handler);
  }

  unfollow(follow: string): void {
    this.link.call('log.unfollow', { follow }).catch(() => {});
  }

  /** Resolves when there is a connection, or the signal aborts. */
  private async connected(): Promise<void> {
    if (this.link.state.kind === 'connected' || this.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        stop();
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      const stop = this.link.onState(({ kind }) => kind === 'connected' && done());
      this.signal.addEventListener('abort', done);
    });
  }
}
