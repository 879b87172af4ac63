/** Follows the log of a job or run; when the daemon goes away, it is found again. */
import type { NotificationParams } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { DaemonClient } from './client.js';
import { hear } from './hear.js';
import { type LogRequest, PIECE, type Take } from './log-read.js';

/** Delivers the log until it is complete. */
export async function followLog(connect: () => Promise<DaemonClient>, request: LogRequest, deliver: Take) {
  let at: number | undefined;
  for (;;) {
    const daemon = await connect();
    const follow = new Follow(daemon, request, deliver, at);
    try {
      return await follow.run();
    } catch (error) {
      if (!(error instanceof CosmosError) || error.code !== 'daemon_unreachable') throw error;
      at = follow.at; // the next connection continues where this one broke
    } finally {
      await daemon.close();
    }
  }
}

/** One connection's part of a follow. */
class Follow {
  /** Offset of the first byte that was not delivered yet. */
  at: number | undefined;
  /** A gap is filled by a call; later pieces wait until it is answered. */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly daemon: DaemonClient,
    private readonly request: LogRequest,
    private readonly deliver: Take,
    from: number | undefined,
  ) {
    this.at = from;
  }

  async run(): Promise<void> {
    const { daemon, request } = this;
    const ended = new Promise<void>((resolve, reject) => {
      hear(daemon, 'log.data', (piece) => this.next(async () => this.take(piece), reject));
      hear(daemon, 'log.gap', (gap) => this.next(() => this.fill(gap), reject));
      hear(daemon, 'log.end', () => this.next(async () => resolve(), reject));
      daemon.closed.then(() => reject(new CosmosError('daemon_unreachable', 'The connection to the daemon was lost.')));
    });
    ended.catch(() => {}); // a call below may fail first; the caller gets that error
    await daemon.call('log.follow', { ...request, ...(this.at !== undefined && { from: this.at }) });
    await ended;
  }

  private next(work: () => Promise<void>, failed: (error: unknown) => void): void {
    this.turn = this.turn.then(work);
    this.turn.catch(failed);
  }

  private take({ text, to }: NotificationParams<'log.data'>): void {
    this.deliver(text);
    this.at = to;
  }

  private async fill({ from, to }: NotificationParams<'log.gap'>): Promise<void> {
    let at = from;
    while (at < to) {
      const piece = await this.daemon.call('log.read', { ...this.request, from: at, bytes: Math.min(PIECE, to - at) });
      if (piece.to <= at) break;
      this.take({ ...piece, follow: '' });
      at = piece.to;
    }
  }
}
