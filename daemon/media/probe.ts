/** What a movie or an image is, by ffprobe. */
import * as z from 'zod';
import type { Media } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { ProcessError, runProcess } from '../process.js';
import type { MediaTools } from './tools.js';

const Stream = z.object({
  codec_name: z.string().default('unknown'),
  width: z.int(),
  height: z.int(),
  pix_fmt: z.string().default('unknown'),
  r_frame_rate: z.string(),
  avg_frame_rate: z.string().default('0/0'),
  nb_read_packets: z.coerce.number().int().optional(),
});
const Answer = z.object({ streams: z.array(Stream).min(1) });

export interface VideoInfo extends Media {
  readonly codec: string;
  readonly pixFmt: string;
}

export interface ProbedVideo extends VideoInfo {
  /** Every frame lasts equally long. */
  readonly constantRate: boolean;
}

/**
 * Reads the first video stream; frames are counted packet by packet, because containers lie.
 * @throws CosmosError encode_failed, with ffprobe's own words, when the file is no readable video.
 */
export async function probeVideo(tools: MediaTools, file: string, signal?: AbortSignal): Promise<ProbedVideo> {
  const stream = await readStream(tools, file, signal);
  const [num = 0, den = 1] = stream.r_frame_rate.split('/').map(Number);
  const frames = stream.nb_read_packets ?? 0;
  if (frames < 1) throw new CosmosError('encode_failed', `${file} holds no video frames.`);
  return {
    frames,
    width: stream.width,
    height: stream.height,
    fps: { num, den },
    codec: stream.codec_name,
    pixFmt: stream.pix_fmt,
    constantRate: stream.avg_frame_rate === stream.r_frame_rate,
  };
}

async function readStream(tools: MediaTools, file: string, signal?: AbortSignal) {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-count_packets', '-show_entries'];
  const entries = 'stream=codec_name,width,height,pix_fmt,r_frame_rate,avg_frame_rate,nb_read_packets';
  try {
    const { stdout } = await runProcess(tools.ffprobe, [...args, entries, '-of', 'json', file], { signal });
    return Answer.parse(JSON.parse(stdout)).streams[0] as z.infer<typeof Stream>;
  } catch (error) {
    if (error instanceof ProcessError && error.isCanceled) throw error;
    const words = error instanceof ProcessError ? String(error.stderr).trim().split('\n')[0] : 'it has no video stream';
    throw new CosmosError('encode_failed', `${file} is not a readable video: ${words}.`, {}, { cause: error });
  }
}
