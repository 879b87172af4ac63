import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { ExportOrder } from '../../../daemon/demo/export-messages.js';
import { Exporter } from '../../../daemon/demo/exporter.js';
import { distFile } from '../../support/dist.js';
import { tempDir } from '../../support/tmp.js';

function exporterInto(folder: string) {
  const told: string[] = [];
  const order: ExportOrder = { seed: 7, frames: 3, width: 64, height: 36, folder, late: { pass: 'depth', frame: 2 } };
  const watcher = {
    scene: (triangles: number) => told.push(`scene of ${triangles > 10_000 ? 'many' : 'few'} triangles`),
    frame: (frame: number) => told.push(`frame ${frame}`),
  };
  const script = pathToFileURL(distFile('daemon/demo/export-thread.js'));
  const exporter = new Exporter(order, watcher, script);
  onTestFinished(() => exporter.close());
  exporter.open();
  return { exporter, told };
}

test('writes four passes a frame, holds the late file back and writes it when asked', { timeout: 60_000 }, async () => {
  const folder = path.join(tempDir(), 'city_block');
  const { exporter, told } = exporterInto(folder);
  await exporter.writeAllButLate();
  expect(told).toEqual(['scene of many triangles', 'frame 1', 'frame 2', 'frame 3']);
  expect(readdirSync(folder)).toHaveLength(11);
  expect(readdirSync(folder)).not.toContain('depth.0002.png');
  await exporter.writeLate();
  expect(readdirSync(folder)).toContain('depth.0002.png');
});

test('whoever waits is told when it is stopped', { timeout: 60_000 }, async () => {
  const { exporter } = exporterInto(path.join(tempDir(), 'city_block'));
  const waiting = exporter.writeAllButLate();
  await Promise.all([expect(waiting).rejects.toThrow('stopped'), exporter.close()]);
});
