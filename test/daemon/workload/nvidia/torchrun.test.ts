import { expect, test } from 'vitest';
import { portOf } from '../../../../daemon/workload/nvidia/torchrun.js';

test('every run has a port of its own, the same at every try, that Linux does not give to others', () => {
  const ports = Array.from({ length: 200 }, (_, at) => portOf(`run-${at}`));
  expect(portOf('run-7')).toBe(ports[7]);
  expect(ports.every((port) => port >= 20_000 && port < 30_000)).toBe(true);
  expect(new Set(ports).size).toBeGreaterThan(190);
});
