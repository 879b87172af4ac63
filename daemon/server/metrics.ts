/** The figures for Prometheus. They are computed when /metrics is read, and cost nothing in between. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { JobState } from '../../schemas/index.js';
import type { Services } from './services.js';

export class Metrics {
  private readonly registry = new Registry();
  private readonly droppedBytes: Counter;

  constructor({ queue, runs, clips, journal }: Services, connections: () => number) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'cosmos_jobs',
      help: 'Jobs in each state.',
      labelNames: ['state'],
      registers,
      collect() {
        const counts = queue.counts();
        for (const state of JobState.options) this.set({ state }, counts[state] ?? 0);
      },
    });
    this.gauge('cosmos_runs_open', 'Runs that hold a slot.', () => runs.open().length);
    this.gauge('cosmos_clips', 'Known clips.', () => clips.list().length);
    this.gauge('cosmos_connections', 'Connected clients.', connections);
    this.gauge('cosmos_event_seq', 'Number of the last journaled event.', () => journal.seq);
    const help = 'Bytes of log left out for clients that read too slowly; they can read them with log.read.';
    this.droppedBytes = new Counter({ name: 'cosmos_log_dropped_bytes_total', help, registers });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  dropped(bytes: number): void {
    this.droppedBytes.inc(bytes);
  }

  private gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      ...{ name, help, registers: [this.registry] },
      collect() {
        this.set(value());
      },
    });
  }
}
