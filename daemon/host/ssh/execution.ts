/** One script at work on a host: its channel, its output, its end, and its death by our hand. */
import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { firstLine, LOGIN_COMMAND } from './command.js';
import { Preamble } from './preamble.js';
import { Tail } from './tail.js';

const STDERR_BYTES = 2 ** 16;

export interface Ending {
  /** 128 + n for signal n; null when the host did not say. */
  readonly exitCode: number | null;
  readonly stderr: string;
  /** Whether the script was ever reached. */
  readonly hasStarted: boolean;
}

export interface Call {
  readonly script: string;
  readonly args: readonly string[];
  readonly stdin: Readable | Buffer | undefined;
}

/** @throws the error of ssh2 when no channel opens. */
export async function execute(client: Client, call: Call): Promise<Execution> {
  const marker = randomUUID();
  const line = firstLine({ ...call, marker, hasInput: call.stdin !== undefined });
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(LOGIN_COMMAND, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const execution = new Execution(channel, new Preamble(marker));
  channel.write(line);
  execution.feed(call.stdin);
  return execution;
}

export class Execution {
  /** Settles when the command has ended, its output was read and the channel is closed. */
  readonly ended: Promise<Ending>;
  /** Settles when the script has begun or never will. */
  private readonly started: Promise<unknown>;
  private readonly stderr = new Tail(STDERR_BYTES);
  private input: Readable | Buffer | undefined;

  constructor(
    private readonly channel: ClientChannel,
    private readonly preamble: Preamble,
  ) {
    channel.stderr.on('data', (chunk: Buffer) => this.stderr.push(chunk));
    channel.on('error', () => {}); // what a lost connection does to a write; "close" follows and is told
    preamble.on('error', () => this.drain()); // the reader of stdout gets it
    this.ended = this.ending();
    this.started = Promise.race([new Promise((resolve) => preamble.once('started', resolve)), this.ended]);
    channel.pipe(preamble);
  }

  /** What the script prints, as it comes; the host waits while nobody reads. */
  get stdout(): Readable {
    return this.preamble;
  }

  feed(stdin: Readable | Buffer | undefined): void {
    if (stdin === undefined) return; // stays open: its end is the sign to die
    this.input = stdin;
    if (Buffer.isBuffer(stdin)) {
      this.channel.end(stdin);
      return;
    }
    stdin.pipe(this.channel);
    this.channel.once('close', () => stdin.destroy());
  }

  /**
   * Lets go of the output and ends stdin, which ends a script that has no input. Of one that has, the process group is
   * returned: the caller has to kill it.
   */
  async drop(reason: Error): Promise<number | undefined> {
    if (this.input !== undefined) await this.started; // the group is in the first line that the script prints
    this.preamble.destroy(reason);
    return this.input === undefined ? undefined : this.preamble.group;
  }

  /** Closes our end, whatever the host still does. */
  abandon(): void {
    this.channel.close();
  }

  /** "close" comes only after the last byte was read. */
  private drain(): void {
    if (this.input !== undefined && !Buffer.isBuffer(this.input)) this.input.unpipe(this.channel);
    this.channel.unpipe(this.preamble);
    this.channel.resume();
    this.channel.end();
  }

  private ending(): Promise<Ending> {
    let exitCode: number | null = null;
    this.channel.once('exit', (code: number | null, signal?: string) => {
      exitCode = code ?? signalCode(signal);
    });
    const closed = [told(this.channel, 'close'), told(this.channel.stderr, 'end')];
    return Promise.all(closed).then(() => {
      return { exitCode, stderr: this.stderr.toString(), hasStarted: this.preamble.hasStarted };
    });
  }
}

/** Unlike once() of node:events it does not reject at an "error", after which "close" still comes. */
function told(emitter: EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => emitter.once(event, () => resolve()));
}

function signalCode(signal: string | undefined): number | null {
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1];
  return number === undefined ? null : 128 + number;
}
