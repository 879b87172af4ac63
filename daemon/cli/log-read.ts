/** The log of a job or run as it is now. */
import type { DaemonClient } from '../../client/daemon-client.js';
import type { LogRequest } from '../../client/log-stream.js';

/** Bytes asked for at once. */
const PIECE = 1_048_576;

export type Take = (text: string) => void;

/** Delivers everything there is from byte `from` of the run log on; resolves with the byte after it. */
export async function readLog(
  daemon: DaemonClient,
  request: LogRequest,
  deliver: Take,
  from?: number,
): Promise<number> {
  let at = from;
  for (;;) {
    const piece = await daemon.call('log.read', { ...request, ...(at !== undefined && { from: at }), bytes: PIECE });
    deliver(piece.text);
    at = piece.to;
    if (piece.to >= piece.size || piece.text === '') return at;
  }
}
