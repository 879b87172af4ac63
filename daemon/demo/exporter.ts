/** The exporter as the director sees it: a thread that reports its frames, so that the terminal stays live. */
import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ExportOrder, FromExport, ToExport } from './export-messages.js';

export interface ExportWatcher {
  scene(triangles: number): void;
  frame(frame: number): void;
}

export class Exporter {
  private worker: Worker | undefined;
  private readonly waiters = new Map<FromExport['kind'], () => void>();
  private failed: (error: Error) => void = () => {};
  private readonly failure: Promise<never>;

  constructor(
    private readonly order: ExportOrder,
    private readonly watcher: ExportWatcher,
    private readonly script = new URL('./export-thread.js', import.meta.url),
  ) {
    this.failure = new Promise((_, reject) => {
      this.failed = reject;
    });
    this.failure.catch(() => {}); // whoever waits is told; before that nobody has to listen
  }

  /** Resolves when every file but the late one is written. */
  async writeAllButLate(): Promise<void> {
    mkdirSync(this.order.folder, { recursive: true });
    this.worker = new Worker(this.script, { workerData: this.order });
    this.worker.on('message', (message: FromExport) => this.hear(message));
    this.worker.once('error', (error) => this.failed(error));
    this.worker.once('exit', () => this.failed(new Error('the export was stopped'))); // after "done" nobody listens
    await this.heard('waiting');
  }

  async writeLate(): Promise<void> {
    const done = this.heard('done');
    const message: ToExport = { kind: 'write late file' };
    this.worker?.postMessage(message);
    await done;
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }

  private heard(kind: FromExport['kind']): Promise<void> {
    return Promise.race([new Promise<void>((resolve) => this.waiters.set(kind, resolve)), this.failure]);
  }

  private hear(message: FromExport): void {
    if (message.kind === 'scene') this.watcher.scene(message.triangles);
    if (message.kind === 'frame') this.watcher.frame(message.frame);
    this.waiters.get(message.kind)?.();
  }
}
