/**
 * The terminals of live logs, one for each attempt. Terminals that a reload of the window has closed are opened again.
 */
import { type Disposable, type Memento, type Terminal, TerminalExitReason, window } from 'vscode';
import type { Bridge } from '../bridge.js';
import * as surfaces from '../shown/surfaces.js';
import { attemptName } from './attempts.js';
import { LogTerminal } from './terminal.js';

/** Key of the workspace state: the logs that were open. */
const OPEN = 'cosmos.logs.open';

export interface OpenLog {
  readonly job: string;
  readonly attempt: number;
  /** Name of the job. */
  readonly name: string;
}

interface Shown {
  readonly facts: OpenLog;
  readonly terminal: Terminal;
  readonly log: LogTerminal;
}

export class LogTerminals implements Disposable {
  private shown: readonly Shown[] = [];
  private readonly closing: Disposable;

  constructor(
    private readonly bridge: Bridge,
    private readonly memory: Memento,
  ) {
    this.closing = window.onDidCloseTerminal((terminal) => this.closed(terminal));
    for (const facts of memory.get<OpenLog[]>(OPEN, [])) this.open(facts);
  }

  /**
   * Shows the terminal of the attempt. If its log has ended, a new terminal replaces it, because an attempt number may
   * be used again.
   */
  reveal(facts: OpenLog): Terminal {
    const over = this.shown.find(({ facts: other, log }) => log.isOver && isSame(other, facts));
    over?.terminal.dispose();
    this.shown = this.shown.filter((each) => each !== over);
    const { terminal } = this.shown.find((each) => isSame(each.facts, facts)) ?? this.open(facts);
    terminal.show();
    return terminal;
  }

  /** Closes the terminals of this window. The next window opens them again. */
  dispose(): void {
    this.closing.dispose();
    for (const { terminal } of this.shown) terminal.dispose();
  }

  private open(facts: OpenLog): Shown {
    const log = new LogTerminal(this.bridge, facts);
    const terminal = surfaces.terminal(attemptName(facts.name, facts.attempt), log, 'output');
    const shown = { facts, terminal, log };
    log.onEnd = () => this.remember();
    this.shown = [...this.shown, shown];
    this.remember();
    return shown;
  }

  private closed(terminal: Terminal): void {
    if (terminal.exitStatus?.reason === TerminalExitReason.Shutdown) return; // the window reloads
    if (!this.shown.some((each) => each.terminal === terminal)) return;
    this.shown = this.shown.filter((each) => each.terminal !== terminal);
    this.remember();
  }

  /** A finished log is shown as a document, so its terminal is not opened again. */
  private remember(): void {
    const open = this.shown.filter(({ log }) => !log.isOver).map(({ facts }) => facts);
    void this.memory.update(OPEN, open);
  }
}

function isSame(a: OpenLog, b: OpenLog): boolean {
  return a.job === b.job && a.attempt === b.attempt;
}
