/** What a movie or an image is: its header by ffprobe, its frames by decoding them. */
import prettyBytes from 'pretty-bytes';
import * as z from 'zod';
import type { Media, Rational } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { lookAt } from '../foreign/open.js';
import { ProcessError, type ProcessOptions, runProcess } from '../process.js';
import { exactly, refusedSize, type Size } from './exact-size.js';
import { inputOf, NOT_READABLE } from './input.js';
import { rateOf } from './rate.js';
import type { MediaTools } from './tools.js';
import { type Turn, turnOf, UPRIGHT } from './upright.js';

const Stream = z.object({
  codec_name: z.string().default('unknown'),
  width: z.int(),
  height: z.int(),
  pix_fmt: z.string().default('unknown'),
  r_frame_rate: z.string(),
  avg_frame_rate: z.string().default('0/0'),
  time_base: z.string(),
  field_order: z.string().optional(),
  color_transfer: z.string().optional(),
  /** Samples that the container holds, those that its edit list hides among them. */
  nb_frames: z.coerce.number().int().optional().catch(undefined),
  side_data_list: z.array(z.object({ displaymatrix: z.string().optional() })).default([]),
});
type Stream = z.infer<typeof Stream>;
/** Ticks of the stream's time base; absent where the container does not say. A "D" among the flags: not to be shown. */
const Packet = z.object({ pts: z.number().optional(), dts: z.number().optional(), flags: z.string().default('') });
type Packet = z.infer<typeof Packet>;
const Answer = z.object({ streams: z.array(Stream).min(1), packets: z.array(Packet).default([]) });

export interface VideoInfo extends Media {
  readonly codec: string;
  readonly pixFmt: string;
}

/** A movie of which only the header was read. */
export interface MovieHeader extends Size {
  readonly file: string;
  /** ffmpeg's arguments that open it, with -i. */
  readonly input: readonly string[];
  /** ffmpeg's filters that turn it upright: width and height hold after them. */
  readonly upright: string | undefined;
  /** As the header says it; 0/0 where it does not. */
  readonly fps: Rational;
  readonly codec: string;
  readonly pixFmt: string;
}

export interface ProbedVideo extends MovieHeader {
  /** As a decoder gives them. */
  readonly frames: number;
  /** From the time stamps of the frames. */
  readonly constantRate: boolean;
  /** Every sample of the container is one frame: nothing is hidden by an edit list, dropped or shown twice. */
  readonly whole: boolean;
  /** It is not stored upright. */
  readonly turned: boolean;
  /** Notes for the user, each as the rest of a sentence that begins with its name. */
  readonly notes: readonly string[];
}

/** The time stamps of all packets, which ffprobe reads without decoding. */
const PACKETS = ':packet=pts,dts,flags';
/** Milliseconds for one pass over a movie: some two million frames of 720p. */
const LONGEST = 60 * 60_000;
/** Milliseconds for a small movie on a busy machine, and for each byte more: a tenth of the speed of a slow laptop. */
const SHORTEST = 3 * 60_000;
const PER_BYTE = 20_000 / 2 ** 20;

/** The limit grows with the size of the file, so that a small file with a false header cannot keep a core busy for an hour. */
export function patienceFor(bytes: number): number {
  return Math.min(LONGEST, SHORTEST + bytes * PER_BYTE);
}

/**
 * Reads the first video stream that is not a cover picture. Its frames are those that a decoder gives, counted by decoding
 * all of them (some 500 a second and core at 720p); its size is that of the upright picture.
 * @throws CosmosError encode_failed, with ffmpeg's own message, when the file is not a readable video.
 */
export async function probeVideo(
  tools: MediaTools,
  file: string,
  signal?: AbortSignal,
  root: string | null = null,
): Promise<ProbedVideo> {
  const { stream, packets, header, bytes, timeout } = await readHeader(tools, file, PACKETS, signal, root);
  const { frames, size } = await count(tools, header, { signal, timeout });
  if (frames < 1) throw new CosmosError('encode_failed', `${file}${NOT_READABLE}it holds no frames.`);
  requirePlausible(file, bytes, frames, size);
  const shown = packets.filter(({ flags }) => !flags.includes('D'));
  const rate = rateOf(timesOf(shown, stream), [header.fps, toRational(stream.avg_frame_rate)]);
  return {
    ...header,
    ...size,
    frames,
    fps: rate.fps,
    constantRate: rate.constant && shown.length === frames,
    turned: header.upright !== undefined || size.width !== header.width || size.height !== header.height,
    whole: packets.length === frames && (stream.nb_frames ?? frames) === frames,
    notes: [...rateNotes(rate.range, rate.fps), ...pictureNotes(stream)],
  };
}

/** Reads the header alone: no frame is counted, and the rate is what the container claims. */
export async function probeHeader(
  tools: MediaTools,
  file: string,
  signal?: AbortSignal,
  root: string | null = null,
): Promise<MovieHeader> {
  return (await readHeader(tools, file, '', signal, root)).header;
}

async function readHeader(
  tools: MediaTools,
  file: string,
  more: string,
  signal?: AbortSignal,
  root: string | null = null,
) {
  const opened = await inputOf(file, root);
  // A file that is missing by now has no size; ffprobe reports it.
  const bytes = await lookAt(file, { root }).then(
    ({ stats }) => stats.size,
    () => 0,
  );
  const timeout = patienceFor(bytes);
  const { stream, packets } = await readStream(tools, file, opened, more, { signal, timeout });
  const matrix = stream.side_data_list.find(({ displaymatrix }) => displaymatrix !== undefined)?.displaymatrix;
  const turn = matrix === undefined ? UPRIGHT : turnOf(matrix);
  if (turn === undefined) {
    throw new CosmosError(
      'encode_failed',
      `${file}${NOT_READABLE}it is shown at an angle that is no quarter turn; export it upright.`,
    );
  }
  return { stream, packets, header: headerOf(file, opened, stream, turn), bytes, timeout };
}

function headerOf(file: string, opened: readonly string[], stream: Stream, turn: Turn): MovieHeader {
  const { width, height } = stream;
  return {
    file,
    // Without a matrix ffmpeg turns frames by what they say themselves (H.264 and HEVC can).
    input: turn.filter === undefined ? opened : ['-noautorotate', ...opened],
    upright: turn.filter,
    ...(turn.sideways ? { width: height, height: width } : { width, height }),
    fps: toRational(stream.r_frame_rate),
    codec: stream.codec_name,
    pixFmt: stream.pix_fmt,
  };
}

/** @param more further entries of ffprobe */
async function readStream(
  tools: MediaTools,
  file: string,
  input: readonly string[],
  more: string,
  options: ProcessOptions,
): Promise<{ stream: Stream; packets: Packet[] }> {
  const entries =
    'stream=codec_name,width,height,pix_fmt,r_frame_rate,avg_frame_rate,time_base,field_order,color_transfer,' +
    `nb_frames:stream_side_data=displaymatrix${more}`;
  const args = ['-v', 'error', '-select_streams', 'V:0', '-show_entries', entries, '-of', 'json=c=1', ...input];
  try {
    const { stdout } = await runProcess(tools.ffprobe, args, options);
    const { streams, packets } = Answer.parse(JSON.parse(stdout));
    return { stream: streams[0] as Stream, packets };
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Seconds at which frames are shown. Packets are exact about it, whatever a decoder makes of their time stamps. */
function timesOf(packets: readonly Packet[], { time_base }: Stream): number[] {
  const { num, den } = toRational(time_base);
  return packets.flatMap(({ pts, dts }) => {
    const ticks = pts ?? dts;
    return ticks === undefined ? [] : [(ticks * num) / den];
  });
}

/** Decodes everything, as later readings do. A movie that turns its frames by itself corrects the header's size. */
async function count(tools: MediaTools, header: MovieHeader, options: ProcessOptions, again = false) {
  const { file, input, upright, width, height } = header;
  const filter = [upright, exactly(header)].filter((one) => one !== undefined).join(',');
  const output = ['-map', '0:V:0', '-vf', filter, '-vsync', '0', '-f', 'null', '-progress', 'pipe:1', '-'];
  const args = ['-v', 'error', '-nostdin', '-xerror', ...input, ...output];
  try {
    const { stdout } = await runProcess(tools.ffmpeg, args, options);
    const counted = [...stdout.matchAll(/^frame= *(\d+)/gm)].at(-1)?.[1] ?? 0;
    return { frames: Number(counted), size: { width, height } };
  } catch (error) {
    const found = error instanceof ProcessError ? refusedSize(String(error.stderr)) : undefined;
    if (found === undefined) throw unreadable(file, error);
    if (!again) return count(tools, { ...header, ...found }, options, true);
    const sizes = `${found.width}x${found.height} and ${width}x${height} pixels`;
    throw new CosmosError(
      'encode_failed',
      `${file}${NOT_READABLE}its frames differ in size (${sizes}); export one size.`,
    );
  }
}

/** Bytes of a pixel that no format stores more of, of the sound and tables of a frame, and of whatever else is in a file. */
const MOST_OF_PIXEL = 16;
const MOST_BESIDE_FRAME = 2 ** 20;
const MOST_BESIDE = 2 ** 26;

/** Refuses files that are far too big for their frames: a sparse file of a terabyte would be copied whole and fill the disk. */
function requirePlausible(file: string, bytes: number, frames: number, { width, height }: Size): void {
  if (bytes <= MOST_BESIDE + frames * (width * height * MOST_OF_PIXEL + MOST_BESIDE_FRAME)) return;
  const why = `it has ${prettyBytes(bytes)}, more than ${frames} frames of ${width}x${height} can fill; export it again`;
  throw new CosmosError('encode_failed', `${file}${NOT_READABLE}${why}.`, { file });
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof ProcessError && error.isCanceled) return error;
  const words = error instanceof ProcessError ? wordsOf(error) : 'it has no video stream';
  return new CosmosError('encode_failed', `${file}${NOT_READABLE}${words}.`, {}, { cause: error });
}

function wordsOf(error: ProcessError): string {
  if (error.timedOut) return 'reading it took too long';
  const stderr = String(error.stderr).trim();
  if (/not on whitelist/i.test(stderr)) return 'it is a list of files or of a kind that is no movie';
  const line = (stderr.split('\n')[0] ?? '').replace(/^\[[^\]]*\]\s*/, ''); // "[mov,mp4 @ 0x55d0]" has no meaning for users
  return line.replaceAll('file:', '').replace(/\.$/, '') || 'ffmpeg does not say why';
}

function rateNotes(range: readonly [number, number] | undefined, { num }: Rational): string[] {
  if (range === undefined) return [];
  const [slowest, fastest] = range.map((one) => String(Math.round(one * 100) / 100));
  return [`has a rate that varies (${slowest} to ${fastest} fps): every frame is used once, at ${num} fps`];
}

const HDR: Readonly<Record<string, string>> = { smpte2084: 'PQ', 'arib-std-b67': 'HLG' };

function pictureNotes({ color_transfer = '', field_order = 'progressive' }: Stream): string[] {
  const hdr = HDR[color_transfer];
  return [
    ...(hdr === undefined ? [] : [`is HDR (${hdr}): its values are taken as they are, without tone mapping`]),
    ...(['tt', 'bb', 'tb', 'bt'].includes(field_order) ? ['is interlaced: moving edges are combed'] : []),
  ];
}

function toRational(text: string): Rational {
  const [num = 0, den = 1] = text.split('/').map(Number);
  return { num, den };
}
