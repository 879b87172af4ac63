/** Doors of the command to streams that remember what was written. */
import { PassThrough } from 'node:stream';
import { Door } from '../../daemon/cli/output/door.js';

/** `width` in cells makes a terminal with colours of it; absent = a pipe. */
export function fakeDoor({ width, color = width !== undefined }: { width?: number; color?: boolean } = {}) {
  const stream = new PassThrough({ encoding: 'utf8' });
  const terminal = width === undefined ? {} : { isTTY: true, columns: width };
  const door = new Door(Object.assign(stream, terminal), { env: { TERM: 'xterm' }, color });
  return { door, written: () => String(stream.read() ?? '') };
}
