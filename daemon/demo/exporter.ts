/** Runs the export of the demo in a thread that reports its frames, so that the terminal is redrawn meanwhile. */
import { Worker } from 'node:worker_threads';
import { environmentFor } from '../environment.js';
import type { ExportOrder, FromExport, ToExport } from './export-messages.js';

export interface ExportWatcher {
  scene(triangles: number): void;
  frame(frame: number): void;
}

export class Exporter {
  private readonly heard = new Map<FromExport['kind'], () => void>();
  private worker: Worker | undefined;
  private failed: (error: Error) => void = () => {};
  private readonly failure = new Promise<never>((_, reject) => {
    this.failed = reject;
  });

  constructor(
    private readonly order: ExportOrder,
    private readonly watcher: ExportWatcher,
    private readonly script = new URL('./export-thread.js', import.meta.url),
  ) {
    this.failure.catch(() => {}); // the error reaches those who wait for it; without a listener it must not end the process
  }

  /** Begins to build the scene; nothing is written yet. */
  open(): void {
    this.worker = new Worker(this.script, { workerData: this.order, env: environmentFor('tool') });
    this.worker.on('message', (message: FromExport) => this.hear(message));
    this.worker.once('error', (error) => this.failed(error));
    this.worker.once('exit', () => this.failed(new Error('the export was stopped'))); // after "done" nothing waits for it
  }

  /** Resolves when every file but the late one is written. */
  writeAllButLate(): Promise<void> {
    return this.ask({ kind: 'write frames' }, 'waiting');
  }

  writeLate(): Promise<void> {
    return this.ask({ kind: 'write late file' }, 'done');
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private ask(message: ToExport, answer: FromExport['kind']): Promise<void> {
    const answered = new Promise<void>((resolve) => this.heard.set(answer, resolve));
    this.worker?.postMessage(message);
    return Promise.race([answered, this.failure]);
  }

  private hear(message: FromExport): void {
    if (message.kind === 'scene') this.watcher.scene(message.triangles);
    if (message.kind === 'frame') this.watcher.frame(message.frame);
    this.heard.get(message.kind)?.();
  }
}
