/** Reads the log of a job or run up to its present end. */
import type { DaemonClient } from '../../client/daemon-client.js';
import type { LogRequest } from '../../client/log-stream.js';

/** Bytes asked for at once. */
const PIECE = 1_048_576;

export type Take = (text: string) => void;

/** Delivers the whole log that exists now. */
export async function readLog(daemon: DaemonClient, request: LogRequest, deliver: Take): Promise<void> {
  for (let from: number | undefined; ; ) {
    const piece = await daemon.call('log.read', { ...request, from, bytes: PIECE });
    deliver(piece.text);
    from = piece.to;
    if (piece.to >= piece.size || piece.text === '') return;
  }
}
