/** Records the stages that the progress of a run reports, and prints each new kind of work. */
import type { Event, Progress } from '../../../schemas/received.js';
import type { BridgeListener } from '../bridge.js';
import type { Stage } from '../stage.js';

export class Stages implements BridgeListener {
  readonly all: string[] = [];
  private isRunning = false;
  private highest = 0;
  private falls = 0;
  private work = '';

  constructor(private readonly stage: Pick<Stage, 'tell'>) {}

  get isMonotone(): boolean {
    return this.falls === 0;
  }

  event(event: Event): void {
    if (event.kind === 'job') this.isRunning = event.data.state === 'running';
  }

  /** Preparing, copying and collecting have fractions of their own. */
  progress({ stage, fraction }: Progress): void {
    if (!this.isRunning) return;
    if (fraction < this.highest) this.falls++;
    this.highest = Math.max(this.highest, fraction);
    if (this.all.at(-1) !== stage) this.all.push(stage);
    this.tellWork(stage.replace(/,? step .*$/, ''));
  }

  /** "chunk 1/2" once, and not again for each of its steps. */
  private tellWork(work: string): void {
    if (work === this.work) return;
    this.work = work;
    this.stage.tell('moves', `container: ${work}`);
  }
}
