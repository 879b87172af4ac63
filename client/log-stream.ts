/**
 * The log of one job attempt, from its last lines to its end, every byte once and in order. The stream keeps only an
 * offset: it reads up to the current end, then follows, and reads again from its offset whenever following ends early
 * (connection lost, daemon restarted, a gap because this window was slow, or a full terminal).
 */
import type { MethodName, NotificationName, NotificationParams, Params, ResultOf } from '../schemas/protocol.js';

/** Number of existing lines that are shown; the scrollback of a terminal is as long by default. */
const TAIL_LINES = 1000;
/** Bytes of the end in which these lines are looked for; lines with many bars are long. */
const TAIL_BYTES = [256 * 2 ** 10, 2 ** 20] as const;
/** Bytes of one log.read. */
const READ_BYTES = 256 * 2 ** 10;

export interface LogSink {
  write(text: string): void;
  /** Called before the first write if earlier lines were left out. */
  skipped(): void;
  readonly full: boolean;
  /** Resolves when there is room for more text. */
  room(): Promise<void>;
}

/** A daemon that may go away and come back. */
export interface SteadyDaemon {
  /** Repeated until a daemon answers: only for calls that change nothing. */
  call<M extends MethodName>(method: M, params: Params<M>): Promise<ResultOf<M>>;
  /** The returned function takes the handler back. */
  on<N extends NotificationName>(name: N, handler: (params: NotificationParams<N>) => void): () => void;
  /** Calls `handler`, later, when the connection of the last call is gone. */
  onBreak(handler: () => void): () => void;
  /** Said once, and without an answer: a lost connection has ended it. */
  unfollow(follow: string): void;
}

export interface LogRequest {
  /** Job or run id. */
  readonly id: string;
  readonly attempt?: number;
}

type Piece = ResultOf<'log.read'>;

export class LogStream {
  /** Offset of the first byte of the run log that was not written yet; undefined before the first read. */
  private next: number | undefined;
  private run: string | undefined;

  constructor(
    private readonly daemon: SteadyDaemon,
    private readonly request: LogRequest,
    private readonly sink: LogSink,
    private readonly signal: AbortSignal,
    /** Where it begins. */
    private readonly begin: 'at its start' | 'near its end',
  ) {}

  /**
   * Resolves when the log is complete.
   * @throws an error that another connection would not solve; the signal's reason once it aborts.
   */
  async flow(): Promise<void> {
    while (!((await this.catchUp()) || (await this.follow())));
  }

  /** Reads up to the current end; true = the log is complete. */
  private async catchUp(): Promise<boolean> {
    for (;;) {
      const piece = await this.readNext();
      const isOtherRun = this.run !== undefined && this.run !== piece.run; // the number was used again
      if (isOtherRun) return true;
      this.take(piece);
      if (piece.to >= piece.size || piece.to === piece.from) return piece.ended && piece.to >= piece.size;
    }
  }

  private async readNext(): Promise<Piece> {
    await this.sink.room();
    if (this.next === undefined && this.begin === 'near its end') return this.tail();
    return this.daemon.call('log.read', { ...this.request, from: this.next, bytes: READ_BYTES });
  }

  /** Reads the last of the existing lines. */
  private async tail(): Promise<Piece> {
    const [few, many] = TAIL_BYTES;
    const last = (bytes: number) => this.daemon.call('log.read', { ...this.request, from: -bytes, bytes });
    let piece = await last(few);
    const isWhole = ({ from, to }: Piece, bytes: number) => to - from < bytes - 4; // a piece begins with a character
    if (!isWhole(piece, few) && lineCount(piece.text) < TAIL_LINES) piece = await last(many);
    const text = lastLines(piece.text, TAIL_LINES);
    if (text.length < piece.text.length || !isWhole(piece, many)) this.sink.skipped();
    return { ...piece, text };
  }

  /** true = the log is complete; false = some of it must be read again. */
  private async follow(): Promise<boolean> {
    const { daemon } = this;
    const { follow } = await daemon.call('log.follow', { ...this.request, from: this.next });
    return new Promise((resolve) => {
      const done = (complete: boolean) => {
        for (const stop of stops) stop();
        resolve(complete);
      };
      const leave = (complete: boolean) => {
        done(complete);
        daemon.unfollow(follow);
      };
      const onAbort = () => leave(true);
      const stops = [
        daemon.on('log.data', (piece) => piece.follow === follow && !this.accepts(piece) && leave(false)),
        daemon.on('log.gap', (gap) => gap.follow === follow && leave(false)),
        daemon.on('log.end', (end) => end.follow === follow && done((this.next ?? 0) >= end.size)),
        daemon.onBreak(() => done(false)),
        () => this.signal.removeEventListener('abort', onAbort),
      ];
      this.signal.addEventListener('abort', onAbort, { once: true });
      if (this.signal.aborted) onAbort();
    });
  }

  /** Whether more follows after this piece. */
  private accepts(piece: NotificationParams<'log.data'>): boolean {
    if (piece.from !== this.next) return false;
    this.take(piece);
    return !this.sink.full;
  }

  private take(piece: Pick<Piece, 'run' | 'to' | 'text'>): void {
    this.run = piece.run;
    this.next = piece.to;
    if (piece.text !== '') this.sink.write(piece.text);
  }
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}

/** The last `count` lines, and the text after the last line end. */
export function lastLines(text: string, count: number): string {
  let at = text.length;
  for (let left = count; left >= 0; left--) {
    at = text.lastIndexOf('\n', at - 1);
    if (at < 0) return text;
    if (at === 0) return left === 0 ? text.slice(1) : text;
  }
  return text.slice(at + 1);
}
