/** Keeps the stages that a run went through, as its progress told them. */
import type { Event, Progress } from '../../../schemas/index.js';
import type { BridgeListener } from '../bridge.js';

export class Stages implements BridgeListener {
  readonly all: string[] = [];
  private isRunning = false;
  private highest = 0;
  private falls = 0;

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
  }
}
