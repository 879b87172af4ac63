/** How a file is given to ffmpeg and ffprobe: by its content, and never as a pattern, protocol, option or playlist. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError, errnoOf } from '../errors.js';
import { POINTER_HEAD, pointerIn } from '../text/pointer.js';
import { magicOf, STILL_DEMUXERS } from './magic.js';

/**
 * Containers of movies. Everything else is refused: a text that is called .mp4 could be a playlist, which reads other
 * files, or waits for ever for its next entry.
 */
const MOVIES = 'mov,matroska,webm,avi,flv,asf,mpegts,mpeg,mpegvideo,mxf,gxf,nut,ogg,dv,gif,ivf,h264,hevc,m4v,mjpeg';

/** Between the path and the reason in the message of a file that is no movie. */
export const NOT_READABLE = ' is not a readable video: ';

/**
 * ffmpeg's arguments for one input, with -i. A still picture is given as it is stored: no orientation is applied.
 * @throws CosmosError encode_failed for a file that only stands for another: ffmpeg has no words for it.
 */
export async function inputOf(file: string): Promise<string[]> {
  const head = await headOf(file);
  const pointer = pointerIn(head.toString('latin1'));
  if (pointer !== null) {
    throw new CosmosError('encode_failed', `${file}${NOT_READABLE}it ${pointer.what}: ${pointer.remedy}.`, { file });
  }
  const magic = magicOf(head);
  const demuxer = magic === null ? undefined : STILL_DEMUXERS[magic];
  // The demuxer of a still is named, because ffmpeg takes any name with "%04d" or "*" in it for many files.
  const how = demuxer === undefined ? ['-format_whitelist', MOVIES] : ['-f', demuxer];
  return [...how, '-protocol_whitelist', 'file', '-i', fileUrl(file)];
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

async function headOf(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(POINTER_HEAD), 0, POINTER_HEAD, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return Buffer.alloc(0); // ffmpeg says why the file cannot be opened
  }
}
