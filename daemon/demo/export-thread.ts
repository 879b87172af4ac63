/** The thread that stands in for Houdini: renders the scene and writes each frame in place as it comes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type ExportOrder, exrName, type FromExport, frameName, type ToExport } from './export-messages.js';
import { encodeExr } from './scene/exr.js';
import type { Passes } from './scene/passes.js';
import { DEMO_PASSES, type DemoPass, encodePass } from './scene/png.js';
import { Scene } from './scene/scene.js';

class ExportThread {
  private readonly scene: Scene;
  private late = () => {};
  private lagging: (() => void)[] = [];

  constructor(
    private readonly order: ExportOrder,
    private readonly port: MessagePort,
  ) {
    this.scene = new Scene(order);
    port.on('message', (message: ToExport) => this.obey(message));
    this.tell({ kind: 'scene', triangles: this.scene.triangles });
  }

  private obey({ kind }: ToExport): void {
    switch (kind) {
      case 'write frames':
        this.writeFrames();
        this.tell({ kind: 'waiting' });
        return;
      case 'write late file':
        this.late();
        this.tell({ kind: 'done' });
        this.port.close();
        return;
    }
  }

  private writeFrames(): void {
    mkdirSync(this.order.folder, { recursive: true });
    for (let frame = FIRST_FRAME; frame <= this.order.frames; frame++) {
      this.writeFrame(frame);
      this.tell({ kind: 'frame', frame });
    }
    this.writeLagging();
  }

  /**
   * The last pass of a frame is written together with the next frame, and the whole first frame with the second. So the
   * folder never looks like a finished clip before the end, however long a frame takes.
   */
  private writeFrame(frame: number): void {
    const { order } = this;
    const passes = this.scene.render(frame);
    this.writeLagging();
    for (const { name, bytes, isLate, lags } of this.filesOf(passes, frame)) {
      const write = () => writeFileSync(path.join(order.folder, name), bytes);
      if (isLate && frame === order.late.frame) this.late = write;
      else if (lags || frame === FIRST_FRAME) this.lagging.push(write);
      else write();
    }
  }

  private filesOf(passes: Passes, frame: number): ExportFile[] {
    const { width, height, late, format } = this.order;
    if (format === 'exr') {
      return [{ name: exrName(frame), bytes: encodeExr(passes, width, height), isLate: true, lags: false }];
    }
    return DEMO_PASSES.map((pass) => ({
      name: frameName(pass, frame),
      bytes: encodePass(pass, passes, width, height),
      isLate: pass === late.pass,
      lags: pass === LAST_PASS,
    }));
  }

  private writeLagging(): void {
    for (const write of this.lagging) write();
    this.lagging = [];
  }

  private tell(message: FromExport): void {
    this.port.postMessage(message);
  }
}

interface ExportFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Whether it is held back, in the frame that comes late. */
  readonly isLate: boolean;
  /** Whether it is written together with the next frame. */
  readonly lags: boolean;
}

const LAST_PASS: DemoPass = 'edge';
const FIRST_FRAME = 1;

if (parentPort !== null) new ExportThread(workerData as ExportOrder, parentPort);
