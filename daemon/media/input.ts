/**
 * How a file is passed to ffmpeg and ffprobe: by its content, and never as a pattern, protocol, option or playlist; a
 * regular file below its root, within the memory of one frame. No other file may write "-i".
 */
import path from 'node:path';
import { CosmosError, errnoOf } from '../errors.js';
import { KINDS } from '../foreign/kinds.js';
import { openForeign } from '../foreign/open.js';
import { Refusal } from '../foreign/refusal.js';
import { POINTER_HEAD, pointerIn } from '../text/pointer.js';
import { magicOf, STILL_DEMUXERS } from './magic.js';

/**
 * Containers of movies. Everything else is refused: a text that is called .mp4 could be a playlist, which reads other
 * files, or waits for ever for its next entry.
 */
const MOVIES = 'mov,matroska,webm,avi,flv,asf,mpegts,mpeg,mpegvideo,mxf,gxf,nut,ogg,dv,gif,ivf,h264,hevc,m4v,mjpeg';

/** Between the path and the reason in the message of a file that is no movie. */
export const NOT_READABLE = ' is not a readable video: ';

/** Bytes of the largest frame that is read: four times 8K in 16 bits and four channels. More is a damaged header. */
export const LARGEST_FRAME = 2 ** 30;
/** The largest block of memory: such a frame with its margins, so that a damaged header cannot make ffmpeg allocate more. */
const BOUNDED = ['-max_alloc', String(LARGEST_FRAME + 2 ** 26)];

/**
 * ffmpeg's arguments for one input, with -i. A still picture is given as it is stored: no orientation is applied.
 * @param root folder below which it must lie, links resolved; null = anywhere
 * @throws CosmosError encode_failed unless it is a regular file with the content itself: ffmpeg's own message would not help.
 */
export async function inputOf(file: string, root: string | null = null): Promise<string[]> {
  const head = await headOf(file, root);
  const pointer = pointerIn(head.toString('latin1'));
  if (pointer !== null) throw unreadable(file, `it ${pointer.what}: ${pointer.remedy}`);
  const magic = magicOf(head);
  const demuxer = magic === null ? undefined : STILL_DEMUXERS[magic];
  // The demuxer of a still is named, because ffmpeg takes any name with "%04d" or "*" in it for many files.
  const how = demuxer === undefined ? ['-format_whitelist', MOVIES] : ['-f', demuxer];
  return [...BOUNDED, ...how, '-protocol_whitelist', 'file', '-i', fileUrl(file)];
}

/** ffmpeg's arguments for what it reads on its standard input, with -i. @param format how it is to be read */
export function pipeInput(format: readonly string[]): string[] {
  return [...BOUNDED, ...format, '-protocol_whitelist', 'pipe', '-i', 'pipe:0'];
}

/**
 * Longest path, in characters, that every program of Windows opens without the prefix of long ones (MAX_PATH less the
 * room for a name of DOS; learn.microsoft.com, "Maximum Path Length Limitation"). Node adds it for itself, ffmpeg before
 * 5.1 does not.
 */
const LONGEST_PLAIN = 247;

/** The name of an absolute local file for ffmpeg, which would take "a:b" for a protocol. */
export function fileUrl(file: string, flavour: path.PlatformPath = path): string {
  return `file:${file.length > LONGEST_PLAIN ? flavour.toNamespacedPath(file) : file}`;
}

async function headOf(file: string, root: string | null): Promise<Buffer> {
  try {
    const opened = await openForeign(file, { kind: KINDS.media, root });
    try {
      const buffer = Buffer.alloc(POINTER_HEAD);
      return buffer.subarray(0, await opened.read(buffer, 0));
    } finally {
      opened.close();
    }
  } catch (error) {
    if (error instanceof Refusal) throw unreadable(file, `${error.what}; ${error.remedy}`);
    if (errnoOf(error) === undefined) throw error;
    return Buffer.alloc(0); // ffmpeg says why the file cannot be opened
  }
}

function unreadable(file: string, why: string): CosmosError {
  return new CosmosError('encode_failed', `${file}${NOT_READABLE}${why}.`, { file });
}
