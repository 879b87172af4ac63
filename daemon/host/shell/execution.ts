/** One script that runs on a host: its channel, its output, its end, and how we kill it. */
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
/** Milliseconds that the login shell may take until it starts our script. */
export const START_MS = 20_000;
/** Milliseconds that the login shell may take to exit after the script, or to react to the end of stdin. */
const LINGER_MS = 10_000;
const EOF_MS = 2000;

/**
 * Why the script did not start although the login shell did not refuse: no answer in time; it started only when stdin
 * ended, so a program had read stdin; a terminal is in between; our command ran, but with another stdout or stdin.
 */
export type Obstacle = 'silence' | 'reader' | 'terminal' | 'stdout' | 'stdin';

export interface Ending {
  /** 128 + n for signal n; null when the host did not say. */
  readonly exitCode: number | null;
  readonly stderr: string;
  /** Set when the script never started. */
  readonly unreached?: Unreached;
}

/** The host's raw output when the script did not start. */
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
  /** Whether a script has started on this host before: then a delay means load, and there is no time limit. */
  readonly isProven: boolean;
}

/** @throws the error of ssh2 when no channel opens; CosmosError internal for an argument that no process can receive. */
export async function execute(client: Client, call: Call, patience: Patience): Promise<Execution> {
  const edge = randomUUID();
  const lines = { ...call, edge, hasInput: call.stdin !== undefined };
  const line = (isJoined: boolean) => firstLine({ ...lines, isJoined });
  line(false); // throws for an argument that cannot be sent, before a channel is opened
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

/** Until the sh runs, only UNBIDDEN is sent: a start file would read other text, and a shell would run it. */
export class Execution {
  /** Settles when the command has ended, its output was read and the channel is closed. */
  readonly ended: Promise<Ending>;
  private readonly output: Frame;
  private readonly errors: Frame;
  private readonly stderr = new Tail(STDERR_BYTES);
  private readonly deadline: Deadline;
  private obstacle: Obstacle | undefined;
  /** The host's output at the time limit: when stdin ends, a menu may repeat its question without end. */
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
    channel.on('error', () => {}); // a write on a lost connection fails; "close" follows and is handled
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

  /** The script's output as it arrives; the host waits while it is not read. */
  get stdout(): Readable {
    return this.output;
  }

  /**
   * Drops the output and ends stdin, which ends a script that has no input. For a script with input, the process group is
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
    if (stdin === undefined) return; // stdin stays open: its end kills the script
    if (Buffer.isBuffer(stdin)) this.channel.end(stdin);
    else stdin.pipe(this.channel);
  }

  /** Ends stdin: the login shell may still run, but needs nothing from us. */
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
    // A background process of a start file may keep the channel open, but no more output of ours can come.
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
    const closed = Promise.all([emitted(this.channel, 'close'), emitted(this.errors, 'end')]);
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
    // The sh reported on stderr that it runs, or by its exit code that no script came: its stdout does not reach us.
    if (this.group === undefined && (exitCode === NO_SCRIPT || this.errors.opening !== undefined)) return 'stdout';
    if (this.obstacle !== undefined || this.output.hasStarted) return this.obstacle;
    return this.group === undefined ? undefined : 'stdin';
  }
}

/** Unlike once() of node:events it does not reject at an "error", after which "close" still comes. */
function emitted(emitter: EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => emitter.once(event, () => resolve()));
}

function signalCode(signal: string | undefined): number | null {
  const number = Object.entries(constants.signals).find(([name]) => name === signal)?.[1];
  return number === undefined ? null : 128 + number;
}
