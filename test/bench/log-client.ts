/**
 * A client of the log bench, in a process of its own so that its memory and work are not the server's.
 * Arguments: url, token, what to follow (an id of the protocol, or "-" for the bare echo), "read" or "stall".
 * Every line begins with the sender's monotonic nanoseconds, which all processes of a machine share.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Tally {
  readonly lines: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Bytes that the server said it left out. */
  readonly gapBytes: number;
}

const [url = '', token = '', id = '-', manner = 'read'] = process.argv.slice(2);
const delays: number[] = [];
let lines = 0;
let gapBytes = 0;
let rest = '';

function take(text: string): void {
  const now = process.hrtime.bigint();
  const whole = (rest + text).split('\n');
  rest = whole.pop() ?? '';
  lines += whole.length;
  for (const line of whole) delays.push(Number(now - BigInt(line.split(' ', 1)[0] ?? '0')) / 1e6);
}

function tally(): Tally {
  const sorted = delays.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { lines, p50: at(0.5), p95: at(0.95), gapBytes };
}

function onProtocol(message: { method?: string; params?: { text: string; from: number; to: number } }): void {
  if (message.method === 'log.data') take(message.params?.text ?? '');
  if (message.method === 'log.gap') gapBytes += (message.params?.to ?? 0) - (message.params?.from ?? 0);
  if (message.method === 'log.end') process.send?.(tally());
}

const socket = new WebSocket(url, { headers: { Authorization: `Bearer ${token}` }, perMessageDeflate: false });
await once(socket, 'open');
if (id === '-') {
  socket.on('message', (data) => (String(data) === 'end' ? process.send?.(tally()) : take(String(data))));
} else {
  const request = { jsonrpc: '2.0', id: 1, method: 'log.follow', params: { id } };
  socket.send(JSON.stringify(request));
  await once(socket, 'message');
  if (manner === 'stall') socket.pause();
  else socket.on('message', (data) => onProtocol(JSON.parse(String(data))));
}
process.send?.('ready');
process.on('disconnect', () => process.exit());
