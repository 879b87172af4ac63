/** Reads the log of a job or run up to its present end. */
import type { DaemonClient } from './client.js';

/** Bytes asked for at once. */
export const PIECE = 1_048_576;

export interface LogRequest {
  /** Job or run id. */
  readonly id: string;
  readonly attempt?: number;
}

export type Take = (text: string) => void;

/** Delivers everything from byte `from` of the run log on; resolves with the offset after it. */
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
