import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PNG } from 'pngjs';
import { expect, onTestFinished, test } from 'vitest';
import type { ExportOrder } from '../../../daemon/demo/export-messages.js';
import { Exporter } from '../../../daemon/demo/exporter.js';
import { decodeExr } from '../../../daemon/picture/exr/decode.js';
import { headerOf, withSource } from '../../../daemon/picture/exr/source.js';
import { distFile } from '../../support/dist.js';
import { tempDir } from '../../support/tmp.js';

function exporterInto(folder: string, format: ExportOrder['format'] = 'png') {
  const told: string[] = [];
  const order: ExportOrder = {
    ...{ seed: 7, frames: 3, width: 64, height: 36, folder },
    format,
    late: { pass: 'depth', frame: 2 },
  };
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

test('writes four passes a frame, holds the late file back and writes it when asked', async () => {
  const folder = path.join(tempDir(), 'city_block');
  const { exporter, told } = exporterInto(folder);
  await exporter.writeAllButLate();
  expect(told).toEqual(['scene of many triangles', 'frame 1', 'frame 2', 'frame 3']);
  expect(readdirSync(folder)).toHaveLength(11);
  expect(readdirSync(folder)).not.toContain('depth.0002.png');
  await exporter.writeLate();
  expect(readdirSync(folder)).toContain('depth.0002.png');
});

test('as EXR a frame is one file, whose parts are the passes', async () => {
  const [folder, pngs] = [path.join(tempDir(), 'city_block'), path.join(tempDir(), 'city_block')];
  const { exporter } = exporterInto(folder, 'exr');
  await exporter.writeAllButLate();
  expect(readdirSync(folder)).toEqual(['city.0001.exr', 'city.0003.exr']);
  await exporter.writeLate();
  const file = path.join(folder, 'city.0002.exr');
  const { parts } = withSource(file, headerOf);
  expect(
    parts.map(({ name, channels }) => [name, channels.map((one) => `${one.type} ${one.name}`).join(', ')]),
  ).toEqual([
    ['C', 'half A, half B, half G, half R'],
    ['depth', 'float Z'],
    ['seg', 'uint id'],
    ['edge', 'half Y'],
  ]);
  const { exporter: other } = exporterInto(pngs);
  await other.writeAllButLate();
  const png = PNG.sync.read(readFileSync(path.join(pngs, 'seg.0002.png')));
  const { width, height, planes } = decodeExr(file, { part: 2, channels: ['id'] });
  expect([width, height]).toEqual([png.width, png.height]);
  const wanted = Array.from({ length: width * height }, (_, i) => png.data.readUIntBE(4 * i, 3));
  expect(Array.from(planes[0]?.data ?? [])).toEqual(wanted);
});

test('whoever waits is told when it is stopped', async () => {
  const { exporter } = exporterInto(path.join(tempDir(), 'city_block'));
  const waiting = exporter.writeAllButLate();
  await Promise.all([expect(waiting).rejects.toThrow('stopped'), exporter.close()]);
});
