/** The live log of one attempt in a terminal: a heading, the last lines, the lines that follow, and how it ended. */
import * as l10n from '@vscode/l10n';
import { EventEmitter, type Pseudoterminal } from 'vscode';
import { type LogSink, LogStream } from '../../../client/log-stream.js';
import { EscapeFilter } from '../../../schemas/escapes.js';
import type { Bridge } from '../bridge.js';
import { problemOf } from '../problem.js';
import { plain } from '../shown/inert.js';
import { type AttemptKey, endingOf, findAttempt, headOf } from './attempts.js';
import { PacedWriter } from './paced-writer.js';
import { SteadyLink } from './steady-link.js';

const BOLD = '\x1b[1m';
const PLAIN = '\x1b[0m';
/** The cursor is hidden: nothing is typed here, and a block cursor would cover a letter of each progress bar. */
const WITHOUT_CURSOR = '\x1b[?25l';

export class LogTerminal implements Pseudoterminal, LogSink {
  private readonly written = new EventEmitter<string>();
  readonly onDidWrite = this.written.event;
  private readonly writer = new PacedWriter((text) => this.written.fire(text));
  private readonly filter = new EscapeFilter({ refused: 'left out' });
  private readonly closing = new AbortController();
  private readonly steady: SteadyLink;
  private over = false;
  /** Called once, when the attempt has ended and its log is complete. */
  onEnd: () => void = () => {};

  constructor(
    private readonly bridge: Bridge,
    private readonly key: AttemptKey,
  ) {
    this.steady = new SteadyLink(bridge.link, this.closing.signal);
  }

  get isOver(): boolean {
    return this.over;
  }

  /** VS Code calls it when the terminal can show text. */
  open(): void {
    this.show().catch((error) => {
      if (!this.closing.signal.aborted) this.say(`${BOLD}${plain(problemOf(error).message)}${PLAIN}`);
    });
  }

  close(): void {
    this.closing.abort();
    this.writer.close();
  }

  get full(): boolean {
    return this.writer.full;
  }

  room(): Promise<void> {
    return this.writer.room();
  }

  write(text: string): void {
    this.writer.write(this.filter.push(text).replace(/\r?\n/g, '\r\n'));
  }

  skipped(): void {
    this.say(l10n.t('(Earlier lines are left out; all of them are there when the attempt has ended.)'));
  }

  private async show(): Promise<void> {
    const facts = await this.steady.call('job.get', { id: this.key.job });
    const head = plain(headOf(facts, this.bridge.store, this.key.attempt), 600);
    this.say(`${WITHOUT_CURSOR}${BOLD}${head}${PLAIN}`);
    const { job: id, attempt } = this.key;
    await new LogStream(this.steady, { id, attempt }, this, this.closing.signal, 'near its end').flow();
    const ending = await this.ending();
    this.say(`${PLAIN}\r\n${BOLD}── ${plain(ending, 1000)}${PLAIN}`);
    this.over = true;
    this.onEnd();
  }

  /** The log is complete a little before the job changes its state. */
  private async ending(): Promise<string> {
    for (;;) {
      const moved = this.nextMove();
      const facts = await this.steady.call('job.get', { id: this.key.job });
      const attempt = findAttempt(facts, this.key.attempt);
      if (attempt !== undefined && attempt.outcome !== null) return endingOf(facts, attempt);
      await moved;
    }
  }

  /** Resolves with the next change of the job, or when the terminal is closed. */
  private nextMove(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stop();
        resolve();
      };
      const stop = this.bridge.store.onChange((change) => {
        if (change.kind === 'all' || (change.kind === 'job' && change.id === this.key.job)) done();
      });
      this.closing.signal.addEventListener('abort', done, { once: true });
    });
  }

  private say(line: string): void {
    this.writer.write(`${line}\r\n`);
  }
}
