/** Handlers of the `log` methods. */
import type { HandlersOf } from '../call.js';
import { characterStart, type LogRange, logTarget, readPiece } from '../log-target.js';
import type { LogService } from '../services.js';

/** Bytes of one log.read without `bytes`. */
const READ_BYTES = 64 * 2 ** 10;

export const logHandlers: HandlersOf<'log'> = {
  async 'log.read'({ id, attempt, from, bytes = READ_BYTES }, { services }) {
    const target = logTarget(services, id, attempt);
    const range = target.range();
    const piece = await readPiece(services.logs, target, await startAt(services.logs, target.run, range, from), bytes);
    return { ...piece, size: range.to, ended: range.ended, file: services.logs.path(target.run) };
  },

  async 'log.follow'({ id, attempt, from }, { services, fanout, afterReply }) {
    const target = logTarget(services, id, attempt);
    const first = await startAt(services.logs, target.run, target.range(), from);
    const follow = fanout.follow(target, first);
    afterReply(follow.start);
    return { follow: follow.id, run: target.run, from: first };
  },

  'log.unfollow'({ follow }, { fanout }) {
    fanout.unfollow(follow);
    return {};
  },
};

/** Where reading begins: inside the log, and at the start of a character where the place was counted from the end. */
async function startAt(logs: LogService, run: string, { from, to }: LogRange, wanted = from): Promise<number> {
  if (wanted >= 0) return Math.min(Math.max(wanted, from), to);
  const counted = to + wanted;
  return counted <= from ? from : characterStart(logs, run, counted);
}
