import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { foundIn, saidIn } from './good-spec.js';

const video = (frames: number) => ({ media: { 'color.mp4': media(frames) } });
const withEdge = (frames: number, edge: number) => ({
  media: { 'color.mp4': media(frames), 'edge.mp4': media(edge), 'mask.mp4': media(edge) },
});

test('a chunk size that the checkpoints do not know is an error, and 93 is safe for a video', () => {
  expect(foundIn('chunk_size', { num_video_frames_per_chunk: 121 })).toMatchObject([
    {
      severity: 'error',
      path: ['num_video_frames_per_chunk'],
      line: 9,
      message: 'num_video_frames_per_chunk is 121, but the model works with 93 only, or 1 for a single picture',
      edits: [{ line: 9, text: '93' }],
    },
  ]);
  for (const size of [93, 1, undefined, '93']) {
    expect(foundIn('chunk_size', { num_video_frames_per_chunk: size })).toEqual([]);
  }
});

test.each([{ max_frames: 1 }, { video_path: 'still.PNG' }])(
  'for a picture nobody can tell 93 from 1: %o',
  (picture) => {
    const [issue] = foundIn('chunk_size', { num_video_frames_per_chunk: 24, ...picture });
    expect(issue?.severity).toBe('error');
    expect(issue?.edits).toBeUndefined();
  },
);

test('chunk 1 makes one frame of a video', () => {
  const said = [
    'warning num_video_frames_per_chunk: num_video_frames_per_chunk is 1, so only the first of 50 frames is made',
  ];
  expect(saidIn('single_frame', { num_video_frames_per_chunk: 1 }, video(50))).toEqual(said);
  expect(saidIn('single_frame', { num_video_frames_per_chunk: 1 }, video(1))).toEqual([]);
  expect(saidIn('single_frame', { num_video_frames_per_chunk: 1, max_frames: 1 }, video(50))).toEqual([]);
  expect(saidIn('single_frame', {}, video(50))).toEqual([]);
});

test('one frame over the boundary is a warning with its way out', () => {
  expect(foundIn('chunk_count', {}, video(94))).toMatchObject([
    {
      severity: 'warning',
      path: ['video_path'],
      message: '94 frames are two chunks, each a full pass; 93 frames would be one chunk',
      fix: 'If the last frame is not needed, set max_frames to 93.',
    },
  ]);
  expect(foundIn('chunk_count', {}, video(102))[0]?.fix).toBe(
    'If the last 9 frames are not needed, set max_frames to 93.',
  );
  expect(foundIn('chunk_count', {}, video(103))).toMatchObject([{ severity: 'info' }]);
  expect(foundIn('chunk_count', {}, video(93))).toEqual([]);
  expect(foundIn('chunk_count', { num_video_frames_per_chunk: 1 }, video(94))).toEqual([]);
  expect(foundIn('chunk_count', { num_video_frames_per_chunk: 24 }, video(94))).toEqual([]); // chunk_size says it
  expect(foundIn('chunk_count', { max_frames: 93 }, video(94))).toEqual([]);
  expect(foundIn('chunk_count', {})).toEqual([]);
});

/** Frames, num_conditional_frames, and what is said: the examples of the chunking table, and 0 and 2 joined frames. */
test.each([
  [121, 1, 'info', 'two chunks', 93],
  [185, 1, 'info', 'two chunks', 93],
  [186, 1, 'warning', 'three chunks', 185],
  [461, 1, 'info', '5 chunks', 369],
  [186, 0, 'info', 'two chunks', 93],
  [187, 0, 'warning', 'three chunks', 186],
  [184, 2, 'info', 'two chunks', 93],
  [185, 2, 'warning', 'three chunks', 184],
])('%i frames with %i joined', (frames, joined, severity, chunks, fewer) => {
  const [said] = saidIn('chunk_count', { num_conditional_frames: joined }, video(frames));
  expect(said).toContain(
    `${severity} video_path: ${frames} frames are ${chunks}, each a full pass; ${fewer} frames would`,
  );
});

test('chunks that do not continue from each other are told, where there are several', () => {
  expect(saidIn('chunks_unconnected', { num_conditional_frames: 0 }, video(94))).toEqual([
    'warning num_conditional_frames: with num_conditional_frames 0, the two chunks of this video are made apart: the look jumps every 93 frames',
  ]);
  expect(saidIn('chunks_unconnected', { num_conditional_frames: 0 }, video(93))).toEqual([]);
  expect(saidIn('chunks_unconnected', { num_conditional_frames: 1 }, video(94))).toEqual([]);
});

test('a control that ends before the last chunk begins is an error', () => {
  // 221 against 144 frames: the hang of issue #17. The third chunk begins at index 184.
  expect(foundIn('control_ends_early', {}, withEdge(221, 144))).toMatchObject([
    {
      severity: 'error',
      path: ['edge', 'control_path'],
      message:
        'edge.control_path has 144 frames, but the last of three chunks begins at frame 185: the run fails there, with all before it made',
      fix: 'Render the missing frames, or set max_frames to 144.',
    },
  ]);
  expect(foundIn('control_ends_early', {}, withEdge(221, 184))).toHaveLength(1);
  expect(foundIn('control_ends_early', {}, withEdge(221, 185))).toEqual([]);
  expect(foundIn('control_ends_early', { max_frames: 144 }, withEdge(221, 144))).toEqual([]);
  expect(foundIn('control_ends_early', {}, withEdge(93, 10))).toEqual([]);
});

test('masks are cut up in the same way', () => {
  const edge = { mask_path: 'mask.mp4' };
  const said = foundIn('control_ends_early', { edge, guided_generation_mask: 'mask.mp4' }, withEdge(221, 90));
  expect(said.map(({ path }) => path.join('.'))).toEqual(['edge.mask_path', 'guided_generation_mask']);
});
