/** The latest progress of every live job. It is kept in memory only, and sent to listeners. */
import type { Progress } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { Eta } from './eta.js';

type Listener = (progress: Progress) => void;

export class ProgressBoard {
  private readonly latest = new Map<string, Progress>();
  private readonly etas = new Map<string, Eta>();
  private readonly listeners = new Set<Listener>();

  constructor(private readonly clock: Clock) {}

  get(job: string): Progress | undefined {
    return this.latest.get(job);
  }

  /** Progress without an estimate of the time left: encoding, copying. */
  report(job: string, stage: string, fraction: number): void {
    this.publish({ job, stage, fraction: clamp(fraction), eta: null });
  }

  /** Progress of the run, with an estimate of the time left from its speed. `isNew` = it was made just now. */
  reportTimed(job: string, stage: string, reached: number, isNew: boolean): void {
    const eta = this.etas.get(job) ?? new Eta();
    this.etas.set(job, eta);
    const fraction = clamp(reached);
    const left = isNew ? eta.update(fraction, this.clock.monotonic()) : eta.unseen(fraction);
    this.publish({ job, stage, fraction, eta: left });
  }

  /** To be called when the job has left the state that its progress was about. */
  forget(job: string): void {
    this.latest.delete(job);
    this.etas.delete(job);
  }

  onProgress(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private publish(progress: Progress): void {
    this.latest.set(progress.job, progress);
    for (const listener of this.listeners) listener(progress);
  }
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
