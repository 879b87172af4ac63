/** One script at work on a host: its channel, its output, its end, and its death by our hand. */
import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import type { Clock } from '../../clock.js';
import { edgeMark, firstLine, HEARD, LOGIN_COMMAND, NO_SCRIPT, READY, UNBIDDEN } from './command.js';
import { Deadline } from './deadline.js';
import { Frame } from './frame.js';
import { Tail } from './tail.js';

const STDERR_BYTES = 2 ** 16;
/** Milliseconds for the login shell to come to our script. */
export const START_MS = 20_000;
/** Milliseconds for the login shell to go when the script has ended, and to show what the end of stdin changes. */
const LINGER_MS = 10_000;
const EOF_MS = 2000;

/**
 * Why the script was not reached although the login shell did not refuse: nothing came in time; it came when stdin had
 * ended, so something had waited for that; a terminal is in between; our command ran, but has another stdout or stdin.
 */
export type Obstacle = 'silence' | 'reader' | 'terminal' | 'stdout' | 'stdin';

export interface Ending {
  /** 128 + n for signal n; null when the host did not say. */
  readonly exitCode: number | null;
  readonly stderr: string;
  /** Set when the script was never reached. */
  readonly unreached?: Unreached;
}

/** What the host said instead of our script's words, as it came. */
interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

export interface Unreached extends Said {
  readonly exitCode: number | null;
  readonly obstacle: Obstacle | undefined;
}

export interface Call {
  readonly script: string;
  readonly args: readonly string[];
  readonly stdin: Readable | Buffer | undefined;
}

export interface Patience {
  readonly clock: Clock;
  /** Whether the login shell has come to a script before: then a delay is the load of the host, and there is no limit. */
  readonly isProven: boolean;
}

/** @throws the error of ssh2 when no channel opens; CosmosError internal for an argument that no process can receive. */
export async function execute(client: Client, call: Call, patience: Patience): Promise<Execution> {
  const edge = randomUUID();
  const lines = { ...call, edge, hasInput: call.stdin !== undefined };
  const line = (isJoined: boolean) => firstLine({ ...lines, isJoined });
  line(false); // an argument that cannot be sent is told before anything is opened
  const task = { edge: edgeMark(edge), line, stdin: call.stdin };
  return new Promise((resolve, reject) => {
    client.exec(LOGIN_COMMAND, (error, channel) => {
      if (error) reject(error);
      else resolve(new Execution(channel, task, patience)); // at once: the end may have come with the opening
    });
  });
}

interface Task {
  readonly edge: string;
  /** @param isJoined whether the host has joined stderr with stdout. */
  readonly line: (isJoined: boolean) => string;
  readonly stdin: Readable | Buffer | undefined;
}

/** Nothing but UNBIDDEN is sent until the script's sh is there: a start file would read it, a shell would run it. */
export class Execution {
  /** Settles when the command has ended, its output was read and the channel is closed. */
  readonly ended: Promise<Ending>;
  private readonly output: Frame;
  private readonly errors: Frame;
  private readonly stderr = new Tail(STDERR_BYTES);
  private readonly deadline: Deadline;
  private obstacle: Obstacle | undefined;
  /** What the host had said when its time was over: at the end of stdin, a menu may ask again and again without end. */
  private saidInTime: Said | undefined;
  private giveUp: () => void = () => {};

  constructor(
    private readonly channel: ClientChannel,
    private readonly task: Task,
    patience: Patience,
  ) {
    this.output = new Frame({ ready: `${READY} `, edge: task.edge });
    this.errors = new Frame({ ready: `${HEARD} `, edge: task.edge });
    this.deadline = new Deadline(patience.clock, () => this.late());
    channel.on('error', () => {}); // what a lost connection does to a write; "close" follows and is told
    this.output.on('error', () => {}); // the reader of stdout gets it
    this.output.once('close', () => this.drain());
    this.output.once('ready', () => this.begin());
    this.output.once('started', () => this.deadline.clear());
    this.output.once('finished', () => this.finish());
    this.errors.on('data', (chunk: Buffer) => this.stderr.push(chunk));
    this.ended = this.ending();
    channel.pipe(this.output);
    channel.stderr.pipe(this.errors);
    if (!patience.isProven) this.deadline.set(START_MS);
    channel.write(UNBIDDEN);
  }

  /** What the script prints, as it comes; the host waits while nobody reads. */
  get stdout(): Readable {
    return this.output;
  }

  /**
   * Lets go of the output and ends stdin, which ends a script that has no input. Of one that has, the process group is
   * returned: the caller has to kill it.
   */
  drop(reason: Error): number | undefined {
    this.output.destroy(reason);
    return this.task.stdin === undefined ? undefined : this.group;
  }

  /** Closes our end, whatever the host still does: it may keep its own for as long as the command runs. */
  abandon(): void {
    this.channel.close();
    this.channel.unpipe(this.output);
    if (!this.output.destroyed) this.output.end();
    this.giveUp();
  }

  private get group(): number | undefined {
    const { opening } = this.output;
    return opening === undefined ? undefined : Number(opening);
  }

  private begin(): void {
    if (this.obstacle !== undefined) {
      this.obstacle = 'reader';
      this.abandon();
    } else if (this.output.opening?.endsWith('\r')) {
      this.obstacle = 'terminal';
      this.abandon();
    } else {
      this.channel.write(this.task.line(this.output.before.includes(HEARD)));
      this.feed(this.task.stdin);
    }
  }

  private feed(stdin: Readable | Buffer | undefined): void {
    if (stdin === undefined) return; // stays open: its end is the sign to die
    if (Buffer.isBuffer(stdin)) this.channel.end(stdin);
    else stdin.pipe(this.channel);
  }

  /** The login shell may still have something to do; it gets no more from us. */
  private finish(): void {
    this.drain();
    this.deadline.set(LINGER_MS);
  }

  private late(): void {
    if (this.output.hasStarted || this.obstacle !== undefined) {
      this.abandon();
    } else {
      this.obstacle = this.group === undefined ? 'silence' : 'stdin';
      this.saidInTime = this.said();
      this.channel.end();
      this.deadline.set(EOF_MS);
    }
  }

  /** "close" comes only after the last byte was read. */
  private drain(): void {
    const { stdin } = this.task;
    if (stdin !== undefined && !Buffer.isBuffer(stdin)) stdin.unpipe(this.channel);
    this.channel.unpipe(this.output);
    this.channel.resume();
    this.channel.end();
  }

  private ending(): Promise<Ending> {
    let said: number | null = null;
    let hasExited = false;
    // Something that a start file left in the background may keep the channel open: nothing more comes for us.
    const onPart = () => {
      if (hasExited && this.output.exitCode !== undefined && this.errors.readableEnded) this.abandon();
    };
    this.channel.once('exit', (code: number | null, signal?: string) => {
      said = code ?? signalCode(signal);
      hasExited = true;
      onPart();
    });
    this.output.once('finished', onPart);
    this.errors.once('end', onPart);
    const closed = Promise.all([told(this.channel, 'close'), told(this.errors, 'end')]);
    const givenUp = new Promise<void>((resolve) => {
      this.giveUp = resolve;
    });
    return Promise.race([closed, givenUp]).then(() => {
      this.deadline.clear();
      const { stdin } = this.task;
      if (stdin !== undefined && !Buffer.isBuffer(stdin)) stdin.destroy();
      const { exitCode = said, hasStarted } = this.output;
      const obstacle = this.obstacleAt(exitCode);
      const isReached = hasStarted && obstacle === undefined;
      const ending = { exitCode, stderr: this.stderr.toString() };
      if (isReached) return ending;
      const inTime = this.saidInTime;
      const hasSpoken = inTime !== undefined && (inTime.stdout !== '' || inTime.stderr !== '');
      return { ...ending, unreached: { ...(hasSpoken ? inTime : this.said()), exitCode, obstacle } };
    });
  }

  private said(): Said {
    return { stdout: this.output.before, stderr: this.errors.before };
  }

  private obstacleAt(exitCode: number | null): Obstacle | undefined {
    // It has said on stderr that it is there, or at its end that no script came: it could not say so on stdout.
    if (this.group === undefined && (exitCode === NO_SCRIPT || this.errors.opening !== undefined)) return 'stdout';
    if (this.obstacle !== undefined || this.output.hasStarted) return this.obstacle;
    return this.group === undefined ? undefined : 'stdin';
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
