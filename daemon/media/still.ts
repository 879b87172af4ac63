/** One raw frame as a picture file. */
import { CosmosError } from '../errors.js';
import { type ProcessOptions, streamProcess } from '../process.js';
import type { FrameShape } from './frames.js';
import { fileUrl, pipeInput } from './input.js';
import type { MediaTools } from './tools.js';

export interface JpegOptions extends ProcessOptions {
  /** Width in pixels that the picture is scaled to; left out: that of the frame. */
  readonly scaledTo?: number;
}

/**
 * Writes a JPEG of high quality, whatever `file` is called.
 * @throws CosmosError encode_failed
 */
export async function writeJpeg(
  tools: MediaTools,
  file: string,
  frame: Uint8Array,
  { width, height, format }: FrameShape,
  { scaledTo, ...options }: JpegOptions = {},
): Promise<void> {
  const input = pipeInput(['-f', 'rawvideo', '-pix_fmt', format, '-s', `${width}x${height}`]);
  const scale = scaledTo === undefined ? [] : ['-vf', `scale=${scaledTo}:-2`];
  const output = [
    '-frames:v',
    '1',
    ...scale,
    '-c:v',
    'mjpeg',
    '-pix_fmt',
    'yuvj444p',
    '-q:v',
    '2',
    '-f',
    'mjpeg',
    fileUrl(file),
  ];
  const child = streamProcess(tools.ffmpeg, ['-v', 'error', '-y', ...input, ...output], options);
  child.stdout.resume();
  child.stdin.on('error', () => {}); // EPIPE: the reason comes with the exit
  child.stdin.end(frame);
  try {
    await child;
  } catch (cause) {
    throw new CosmosError('encode_failed', `The picture ${file} could not be written.`, {}, { cause });
  }
}
