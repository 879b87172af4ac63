/**
 * One reader of the remote-log bench, in a process of its own. Arguments: "follow", the path of daemon.json and a run; or
 * "tail" and the argv of a program whose output is the log. Says "ready", "burst begins" and "burst over" to its parent,
 * and a tally when the log has ended; a tail does not know when that is, so it is told the size.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hear } from '../../client/hear.js';
import { connectTo } from '../../daemon/cli/client.js';
import { Discovery } from '../../schemas/index.js';

export interface Tally {
  /** Lines of the burst, counted while each was the next one. */
  readonly inOrder: number;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly gaps: number;
  /** Bytes that the daemon left out and that were read by log.read. */
  readonly gapBytes: number;
  /** Monotonic nanoseconds, which all processes of a machine share, as text: a message cannot hold a bigint. */
  readonly burstBegan: string;
  readonly burstEnded: string;
  /** Milliseconds from the write to a line of the trickle to its arrival here. */
  readonly delays: readonly number[];
}

const BURST = /burst (\d+)\/(\d+)$/;
const TRICKLE = /trickle \d+ (\d+)$/;
const READ_BYTES = 2 ** 20;
/** Milliseconds that a tail has for the rest after it was told the size. */
const LAST_CALL = 20_000;

class Reader {
  bytes = 0;
  private readonly hash = createHash('sha256');
  private readonly delays: number[] = [];
  private rest = '';
  private lines = 0;
  private inOrder = 0;
  private began = 0n;
  private ended = 0n;

  /** `at`: when the text was here, in monotonic nanoseconds. */
  take(text: string, at: bigint): void {
    this.hash.update(text);
    this.bytes += Buffer.byteLength(text);
    const whole = (this.rest + text).split('\n');
    this.rest = whole.pop() ?? '';
    for (const line of whole) this.line(line, at);
  }

  tally(gaps: number, gapBytes: number): Tally {
    const { inOrder, lines, bytes, delays } = this;
    const burst = { burstBegan: String(this.began), burstEnded: String(this.ended) };
    return { inOrder, lines, bytes, sha256: this.hash.digest('hex'), gaps, gapBytes, ...burst, delays };
  }

  private line(line: string, at: bigint): void {
    this.lines += 1;
    const trickle = TRICKLE.exec(line);
    if (trickle) this.delays.push(Number(at - BigInt(trickle[1] ?? '0')) / 1e6);
    const burst = BURST.exec(line);
    if (!burst) return;
    if (Number(burst[1]) === this.inOrder + 1) this.inOrder += 1;
    if (burst[1] === '1') this.began = tell('burst begins', at);
    if (burst[1] === burst[2]) this.ended = tell('burst over', at);
  }
}

function tell(what: string, at: bigint): bigint {
  process.send?.(what);
  return at;
}

/** A gap is read before anything that came after it is taken. */
async function follow(discoveryFile: string, run: string): Promise<void> {
  const client = await connectTo(Discovery.parse(JSON.parse(readFileSync(discoveryFile, 'utf8'))));
  const reader = new Reader();
  let [gaps, gapBytes] = [0, 0];
  let order = Promise.resolve();
  const readGap = async (from: number, to: number) => {
    for (let at = from; at < to; ) {
      const piece = await client.call('log.read', { id: run, from: at, bytes: Math.min(READ_BYTES, to - at) });
      if (piece.to === at) throw new Error(`log.read gave nothing at byte ${at} of a gap up to ${to}.`);
      reader.take(piece.text, process.hrtime.bigint());
      at = piece.to;
    }
  };
  hear(client, 'log.data', ({ from, text }) => {
    const at = process.hrtime.bigint();
    order = order.then(() => {
      if (from !== reader.bytes) throw new Error(`A piece begins at byte ${from}, and ${reader.bytes} are here.`);
      reader.take(text, at);
    });
  });
  hear(client, 'log.gap', ({ from, to }) => {
    gaps += 1;
    gapBytes += to - from;
    order = order.then(() => readGap(from, to));
  });
  hear(client, 'log.end', () => {
    order = order.then(() => {
      process.send?.(reader.tally(gaps, gapBytes));
    });
  });
  await client.call('log.follow', { id: run, from: 0 });
}

async function tail(program: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const reader = new Reader();
  let wanted = Number.POSITIVE_INFINITY;
  const finish = () => {
    wanted = Number.POSITIVE_INFINITY;
    child.kill();
    process.send?.(reader.tally(0, 0));
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    reader.take(text, process.hrtime.bigint());
    if (reader.bytes >= wanted) finish();
  });
  process.once('message', (size) => {
    wanted = Number(size);
    if (reader.bytes >= wanted) finish();
    else setTimeout(finish, LAST_CALL).unref();
  });
  process.once('disconnect', () => child.kill());
  await once(child.stdout, 'data');
}

const [manner, ...words] = process.argv.slice(2);
process.once('disconnect', () => process.exit());
if (manner === 'follow') await follow(words[0] ?? '', words[1] ?? '');
else await tail(words[0] ?? '', ...words.slice(1));
process.send?.('ready');
