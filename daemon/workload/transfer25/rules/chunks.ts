/** The size and number of chunks, and controls that end before the last of them. */
import { isPicture } from '../../dialects/rules/common/measured.js';
import { fewerFrames } from '../../dialects/rules/common/most-frames.js';
import { type Finding, type Transfer25Sample, transfer25Rule } from '../../dialects/rules/rule.js';
import { controlsOf, type NamedFile } from '../../dialects/rules/sample-parts.js';
import { type Chunking, chunkingOf, framesUsed, isChunkSize } from './chunking.js';

/** A last chunk that adds fewer frames than this costs a full pass for less than half a second of video. */
const FEW_FRAMES = 10;

export const chunkSize = transfer25Rule({
  code: 'chunk_size',
  severity: 'error',
  says: 'num_video_frames_per_chunk other than 93 (or 1 for a single picture) does not fit the released checkpoints.',
  costs: { kind: 'late failure', text: 'The model is loaded, and the first chunk stops with an error.' },
  source:
    'cosmos_transfer2/_src/transfer2/models/vid2vid_model_control_vace_rectified_flow.py:491-496 (state_t 24); issue #166',
  check: (sample) => {
    const size = sample.spec.num_video_frames_per_chunk;
    if (isChunkSize(size)) return [];
    const path = ['num_video_frames_per_chunk'];
    return [
      {
        path,
        message: `num_video_frames_per_chunk is ${size}, but the model works with 93 only, or 1 for a single picture`,
        fix: 'Write 93, or leave it out. To make a shorter video, use max_frames.',
        // A chunk size never limits the length of the video, so 93 makes what was wanted; for a picture 1 is as good.
        ...(isPictureWanted(sample) ? {} : { repair: [{ do: 'set', path, value: 93 }] }),
      },
    ];
  },
});

export const singleFrameChunk = transfer25Rule({
  code: 'single_frame',
  severity: 'warning',
  says: 'With num_video_frames_per_chunk 1, only the first frame of a video is made.',
  costs: { kind: 'silent change', text: 'The run succeeds with one picture in place of the video.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py:271-274',
  check: (sample) => {
    const frames = framesUsed(sample);
    if (sample.spec.num_video_frames_per_chunk !== 1 || frames === undefined || frames === 1) return [];
    const message = `num_video_frames_per_chunk is 1, so only the first of ${frames} frames is made`;
    return [
      { path: ['num_video_frames_per_chunk'], message, fix: 'Write 93 for a video, or max_frames 1 for a picture.' },
    ];
  },
});

export const chunkCount = transfer25Rule({
  code: 'chunk_count',
  severity: 'info',
  says: 'A video of more than 93 frames is made in several chunks, and each chunk costs a full pass of 93 frames.',
  costs: {
    kind: 'time and money',
    text: 'A few frames over the boundary cost one more full pass: about 5 minutes on one H100 at 720.',
  },
  source: 'cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py:262-314; docs/inference.md:18-49',
  check: (sample) => {
    const { max_frames: most } = sample.spec;
    const chunking = chunkingOf(sample, framesUsed(sample) ?? most ?? undefined); // of a video that was not probed: at most
    if (chunking === undefined || chunking.chunks === 1) return [];
    return [sayChunks(chunking, most === chunking.frames ? 'max_frames' : 'video_path')];
  },
});

function sayChunks({ frames, chunks, withOneLess: fewer }: Chunking, field: string): Finding {
  const added = frames - fewer;
  const less = `${fewer} frames would be ${inWords(chunks - 1)}`;
  const message = `${frames} frames are ${inWords(chunks)}, each a full pass; ${less}`;
  const offers = [fewerFrames(fewer, inWords(chunks - 1))];
  const head = { path: [field], message, offers };
  if (added >= FEW_FRAMES) return { ...head, fix: `Nothing to do if you need all; ${fewer} frames save a pass.` };
  const fix = `If the last ${added === 1 ? 'frame is' : `${added} frames are`} not needed, set max_frames to ${fewer}.`;
  return { ...head, severity: 'warning', fix };
}

function inWords(chunks: number): string {
  return ['one chunk', 'two chunks', 'three chunks'][chunks - 1] ?? `${chunks} chunks`;
}

export const chunksUnconnected = transfer25Rule({
  code: 'chunks_unconnected',
  severity: 'warning',
  says: 'With num_conditional_frames 0, no chunk continues from the one before it.',
  costs: { kind: 'silent change', text: 'The look jumps where one chunk ends and the next begins.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py (last frames of a chunk); issue #170',
  check: (sample) => {
    const chunking = chunkingOf(sample);
    if (sample.spec.num_conditional_frames !== 0 || chunking === undefined || chunking.chunks === 1) return [];
    const which = `the ${inWords(chunking.chunks)} of this video`;
    const message = `with num_conditional_frames 0, ${which} are made apart: the look jumps every 93 frames`;
    return [{ path: ['num_conditional_frames'], message, fix: 'Write 1, or leave it out.' }];
  },
});

export const controlEndsEarly = transfer25Rule({
  code: 'control_ends_early',
  severity: 'error',
  says: 'A control or mask that ends before the last chunk begins leaves that chunk with nothing to follow.',
  costs: {
    kind: 'late failure',
    text: 'All earlier chunks are made and paid for, then the run fails without a video (before October 2025 it hung).',
  },
  source: 'cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py:293-296,613-617; issues #17, #137; PR #22',
  check: (sample) => {
    const chunking = chunkingOf(sample);
    if (chunking === undefined || chunking.chunks === 1) return [];
    return timedFiles(sample).flatMap((file) => endsEarly(file, chunking, sample.facts.media(file.named)?.frames));
  },
});

/** Files that are cut into chunks as the colour video is. */
function timedFiles(sample: Transfer25Sample): NamedFile[] {
  const guided = sample.spec.guided_generation_mask;
  const masks = guided?.endsWith('.mp4') ? [{ path: ['guided_generation_mask'], named: guided }] : [];
  return [...controlsOf(sample).flatMap(({ control, mask }) => [control, mask]), ...masks].filter(
    (one) => one !== null,
  );
}

function endsEarly({ path }: NamedFile, { chunks, lastStart }: Chunking, frames: number | undefined): Finding[] {
  if (frames === undefined || frames > lastStart) return [];
  const begins = `the last of ${inWords(chunks)} begins at frame ${lastStart + 1}`;
  const message = `${path.join('.')} has ${frames} frames, but ${begins}: the run fails there, with all before it made`;
  const fix = `Render the missing frames, or set max_frames to ${frames}.`;
  return [{ path, message, fix, offers: [fewerFrames(frames)] }];
}

/** One picture, not a video. */
function isPictureWanted(sample: Transfer25Sample): boolean {
  const { max_frames, video_path } = sample.spec;
  return max_frames === 1 || framesUsed(sample) === 1 || isPicture(video_path ?? '');
}
