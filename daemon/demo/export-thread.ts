/** The thread that stands in for Houdini: renders the scene and writes each frame in place as it comes. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type ExportOrder, type FromExport, frameName, type ToExport } from './export-messages.js';
import { DEMO_PASSES, encodePass } from './scene/png.js';
import { Scene } from './scene/scene.js';

if (parentPort !== null) exportClip(workerData as ExportOrder, parentPort);

function exportClip(order: ExportOrder, port: MessagePort): void {
  const tell = (message: FromExport) => port.postMessage(message);
  const scene = new Scene(order);
  tell({ kind: 'scene', triangles: scene.triangles });
  let writeLate = () => {};
  for (let frame = 1; frame <= order.frames; frame++) {
    const passes = scene.render(frame);
    for (const pass of DEMO_PASSES) {
      const png = encodePass(pass, passes, order.width, order.height);
      const write = () => writeFileSync(path.join(order.folder, frameName(pass, frame)), png);
      if (pass === order.late.pass && frame === order.late.frame) writeLate = write;
      else write();
    }
    tell({ kind: 'frame', frame });
  }
  port.once('message', (_message: ToExport) => {
    writeLate();
    tell({ kind: 'done' });
    port.close();
  });
  tell({ kind: 'waiting' });
}
