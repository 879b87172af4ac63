import { expect, test } from 'vitest';
import { isIdle, parseGpus } from '../../../../daemon/host/shell/nvidia-smi.js';

const ONE = 'GPU-5e2b0a7c-1111-4000-8000-00000000aaaa';
const TWO = 'GPU-5e2b0a7c-2222-4000-8000-00000000bbbb';

const OUTPUT = `0, ${ONE}, 81559, 4, 0, 570.124.06, NVIDIA H100 80GB HBM3
1, ${TWO}, 81559, 66010, [N/A], 570.124.06, Some, odd GPU

${TWO}, 4711, 65500, /opt/my app/bin/python, really
${TWO}, 4712, [N/A], [Not Found]
`;

test('GPUs with their processes; what is not told is null', () => {
  const [first, second] = parseGpus(OUTPUT);
  expect(first).toEqual({
    ...{ index: 0, uuid: ONE, name: 'NVIDIA H100 80GB HBM3', driver: '570.124.06' },
    ...{ totalMemory: 81_559, usedMemory: 4, utilization: 0, processes: [] },
  });
  expect(second).toMatchObject({ index: 1, name: 'Some, odd GPU', usedMemory: 66_010, utilization: null });
  expect(second?.processes).toEqual([
    { pid: 4711, usedMemory: 65_500, name: '/opt/my app/bin/python, really' },
    { pid: 4712, usedMemory: null, name: '[Not Found]' },
  ]);
});

test('a GPU is idle without processes and with no more memory in use than the floor', () => {
  const gpus = parseGpus(OUTPUT);
  expect(gpus.map((gpu) => isIdle(gpu, 1024))).toEqual([true, false]);
  expect(gpus.map((gpu) => isIdle(gpu, 3))).toEqual([false, false]);
  expect(gpus.map((gpu) => isIdle(gpu, 100_000))).toEqual([true, false]);
});

test('a host without GPUs has none', () => {
  expect(parseGpus('\n\n')).toEqual([]);
});

test.each([
  '',
  'No devices were found\n',
  `0, ${ONE}, lots, 4, 0, 570, H100\n\n`,
  `0, ${ONE}, 1, 1, 0, 570, x\n\nwords\n`,
])('%j is no answer', (text) => {
  expect(() => parseGpus(text)).toThrow(expect.objectContaining({ code: 'gpu_query_failed' }));
});
