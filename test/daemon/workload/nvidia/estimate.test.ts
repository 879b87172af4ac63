import { expect, test } from 'vitest';
import {
  chunkCount,
  cosmos3Chunking,
  lengthHint,
  transfer25Chunking,
} from '../../../../daemon/workload/nvidia/chunk-words.js';
import { type EstimateInput, estimate } from '../../../../daemon/workload/nvidia/estimate.js';
import { publishedGpu } from '../../../../daemon/workload/nvidia/published.js';
import { Estimate } from '../../../../schemas/index.js';

const h100: EstimateInput = { engine: 'transfer2.5', frames: 121, hints: ['seg'], gpu: 'H100 PCIe' };

test.each([
  [1, 1],
  [93, 1],
  [94, 2],
  [121, 2],
  [185, 2],
  [186, 3],
  [461, 5],
])('transfer2.5: %i frames are %i chunks', (frames, chunks) => {
  expect(chunkCount(frames, transfer25Chunking())).toBe(chunks);
});

test('chunk lengths and overlaps other than the default', () => {
  expect(chunkCount(186, transfer25Chunking(93, 0))).toBe(2);
  expect(chunkCount(187, transfer25Chunking(93, 0))).toBe(3);
  expect(chunkCount(500, transfer25Chunking(1))).toBe(1);
  expect(cosmos3Chunking(100)).toEqual({ chunk: 101, conditional: 1 });
  expect(cosmos3Chunking(101).chunk).toBe(101);
  expect(chunkCount(201, cosmos3Chunking(101))).toBe(2);
  expect(chunkCount(202, cosmos3Chunking(101))).toBe(3);
});

test.each([
  [48, '93 frames cost the same as 48.'],
  [93, null],
  [121, '93 frames would be one chunk instead of 2.'],
  [150, '185 frames cost the same as 150.'],
  [185, null],
  [200, '185 frames would be 2 chunks instead of 3.'],
])('%i frames: %s', (frames, hint) => {
  expect(lengthHint(frames, transfer25Chunking())).toBe(hint);
});

test.each([
  ['h100', 'H100 PCIe'],
  ['H100 PCIe', 'H100 PCIe'],
  ['NVIDIA H100 80GB HBM3', 'H100 PCIe'],
  ['h100 nvl', 'H100 NVL'],
  ['H200', 'H200 NVL'],
  ['NVIDIA RTX PRO 6000 Blackwell Server Edition', 'RTX PRO 6000'],
  ['h20', 'H20'],
  ['b200', 'B200'],
  ['GB200', undefined],
  ['RTX 4090', undefined],
])('GPU %s is row %s', (name, row) => {
  expect(publishedGpu(name)).toBe(row);
});

test('a published number, with its source and the price', () => {
  const result = estimate({ ...h100, pricePerHour: 3 });
  expect(Estimate.parse(result)).toEqual({
    ...{ engine: 'transfer2.5', gpu: 'H100 PCIe', gpus: 1, frames: 121, chunks: 2, framesPerChunk: 93 },
    ...{ secondsPerChunk: 264.13, seconds: 528.26, dollars: 0.44, confidence: 'published' },
    source: expect.stringMatching(/^NVIDIA's table for Transfer 2\.5 .*264\.13 s on H100 PCIe\.$/),
    hint: '93 frames would be one chunk instead of 2.',
  });
});

test('fewer frames are read than the clip has', () => {
  expect(estimate({ ...h100, maxFrames: 93 })).toMatchObject({ chunks: 1, frames: 121 });
  expect(estimate({ ...h100, frames: 9000 })).toMatchObject({ chunks: chunkCount(5000, transfer25Chunking()) });
});

const speeds: [what: string, change: Partial<EstimateInput>, seconds: number | null, says: RegExp[]][] = [
  ['edge alone has its own table', { hints: ['edge'], gpu: 'B200' }, 179.7, [/179\.7 s on B200/, /one chunk or two/]],
  ['edge where its table has no row', { hints: ['edge'] }, 264.13, [/measured with one seg control/]],
  ['several controls', { hints: ['edge', 'depth'] }, 264.13, [/measured with one seg control/]],
  ['a GPU of the edge table only', { gpu: 'H200' }, 374.4, [/measured with one edge control/]],
  ['a row that contradicts itself', { gpu: 'H100 NVL' }, 445.52, [/contradict/]],
  ['B300', { gpu: 'b300', hints: ['edge'] }, 415.5, [/slower than B200/]],
  ['four GPUs', { gpu: 'H200', gpus: 4, hints: ['edge'] }, 117, [/117 s on 4 x H200 NVL/]],
  ['four of a GPU without such a row', { gpus: 4 }, null, [/no row for 4 x H100 PCIe; it knows B200, B300/]],
  ['a number of GPUs that nobody measured', { gpu: 'B200', gpus: 2 }, null, [/no row for 2 x B200/]],
  ['an unknown GPU', { gpu: 'RTX 4090' }, null, [/no row for 1 x RTX 4090; it knows B200, .*H100 PCIe/]],
  ['above 720p', { resolution: '1080' }, null, [/nothing above 720p/]],
];

test.each(speeds)('%s', (_, change, seconds, says) => {
  const result = estimate({ ...h100, frames: 93, ...change });
  expect(result.seconds).toBe(seconds);
  expect(result.confidence).toBe(seconds === null ? 'none' : 'published');
  for (const pattern of says) expect(result.source).toMatch(pattern);
});

test('other steps are scaled, a smaller picture is not, and both are said', () => {
  expect(estimate({ ...h100, frames: 93, numSteps: 7 })).toMatchObject({
    ...{ seconds: 52.83, confidence: 'scaled', source: expect.stringContaining('scaled to 7 of 35 steps') },
  });
  expect(estimate({ ...h100, frames: 93, resolution: '480p' })).toMatchObject({
    ...{ seconds: 264.13, confidence: 'scaled', source: expect.stringContaining('not scaled to 480p') },
  });
});

test('cosmos3: chunks, but no seconds, because none are published', () => {
  const result = estimate({ engine: 'cosmos3', frames: 121, gpu: 'h100', pricePerHour: 3 });
  expect(result).toMatchObject({ chunks: 2, seconds: null, dollars: null, confidence: 'none' });
  expect(result.source).toMatch(/no times for Cosmos 3 transfer.*207\.78 s on one H100 80GB; expect a multiple/);
});

test('preview: runs here, free', () => {
  const result = Estimate.parse(estimate({ engine: 'preview', frames: 48, gpu: 'h100' }));
  expect(result).toMatchObject({
    chunks: 1,
    seconds: null,
    dollars: 0,
    source: expect.stringContaining('this computer'),
  });
});
