/**
 * A client that asks for too much, in a process of its own: node flooder.js URL KIND COUNT [ID]; the token comes in
 * FLOODER_TOKEN. Prints one line of JSON when all is answered (or all is sent, for kinds that never read).
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';

const KINDS = ['bad', 'follow', 'subscribe', 'unread', 'crowd', 'deep', 'list', 'batch'] as const;
export type Flood = (typeof KINDS)[number];

export interface Flooded {
  readonly sent: number;
  readonly answered: number;
  /** How often each error code, or "result", was the answer. */
  readonly answers: Readonly<Record<string, number>>;
  /** HTTP status of connections that were refused, and how often. */
  readonly refused: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const [url = '', kind = '', count = '0', id = ''] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${process.env.FLOODER_TOKEN ?? ''}` };
const total = Number(count);
const answers: Record<string, number> = {};
const refused: Record<string, number> = {};
let sent = 0;
let answered = 0;
const from = performance.now();

function tell(): void {
  const flooded: Flooded = { sent, answered, answers, refused, seconds: (performance.now() - from) / 1000 };
  process.stdout.write(`${JSON.stringify(flooded)}\n`, () => process.exit());
}

/** Undefined when the door stays shut. */
async function connect(): Promise<WebSocket | undefined> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (request, { statusCode = 0 }) => {
      refused[statusCode] = (refused[statusCode] ?? 0) + 1;
      request.destroy();
      resolve(undefined);
    });
    socket.on('error', () => resolve(undefined));
  });
}

function request(method: string, params: object, number: number): string {
  return JSON.stringify({ jsonrpc: '2.0', id: number, method, params });
}

/** One message of the flood. */
function message(number: number): string {
  switch (kind as Flood) {
    case 'bad':
      return number % 2 === 0 ? '{"jsonrpc": "2.0", oops' : request('no.such', {}, number);
    case 'follow':
      return request('log.follow', { id, from: 0 }, number);
    case 'subscribe':
    case 'crowd':
      return request('event.subscribe', {}, number);
    case 'unread':
    case 'list':
      return request('job.list', {}, number);
    case 'deep':
      return '['.repeat(1_900_000);
    case 'batch':
      return JSON.stringify(
        Array.from({ length: 100 }, (_, index) => JSON.parse(request('event.subscribe', {}, index))),
      );
  }
}

function count1(data: string): void {
  const text = data.slice(0, 400);
  if (/^\{"jsonrpc":"2.0","method"/.test(text)) return;
  answered++;
  const code = /"error":\{"code":(-?\d+)/.exec(text)?.[1] ?? 'result';
  answers[code] = (answers[code] ?? 0) + 1;
}

/** As fast as the socket takes it, `share` messages, until all are answered. */
async function flood(socket: WebSocket, share: number): Promise<void> {
  const done = new Promise<void>((resolve) => {
    let mine = 0;
    socket.on('message', (data) => {
      const before = answered;
      count1(String(data));
      mine += answered - before;
      if (mine >= share) resolve();
    });
    socket.on('close', resolve);
  });
  for (let number = 0; number < share && socket.readyState === WebSocket.OPEN; number++) {
    socket.send(message(number));
    sent++;
    if (socket.bufferedAmount > 2 ** 22) await new Promise<void>((resolve) => setTimeout(resolve, 5));
  }
  await done;
}

/** Asks and never reads; ends when it is thrown out or its standard input ends. */
async function neverRead(): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: 20 }, connect));
  for (const socket of sockets) {
    socket?.pause();
    for (let number = 0; number < total; number++) socket?.send(message(number));
    sent += total;
  }
  process.stdout.write('unread\n');
  process.stdin.resume();
  await once(process.stdin, 'end');
}

async function crowd(): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: total }, connect));
  const inside = sockets.filter((socket) => socket !== undefined);
  await Promise.all(inside.map((socket) => flood(socket, 20)));
}

switch (kind as Flood) {
  case 'unread':
    await neverRead();
    break;
  case 'crowd':
    await crowd();
    break;
  default: {
    const socket = await connect();
    if (socket !== undefined) await flood(socket, total);
  }
}
tell();
