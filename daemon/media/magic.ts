/** Formats of still pictures, by the first bytes of a file. */

export type Magic = 'png' | 'jpeg' | 'tiff' | 'webp' | 'dpx' | 'exr';

/** ffmpeg's demuxer for one picture a file. */
export const STILL_DEMUXERS: Readonly<Record<Magic, string>> = {
  png: 'png_pipe',
  jpeg: 'jpeg_pipe',
  tiff: 'tiff_pipe',
  webp: 'webp_pipe',
  dpx: 'dpx_pipe',
  exr: 'exr_pipe',
};

/** @param head 12 bytes or more. null = none of these; TGA has no such mark. */
export function magicOf(head: Buffer): Magic | null {
  const begins = (hex: string) => head.subarray(0, hex.length / 2).toString('hex') === hex;
  if (begins('89504e470d0a1a0a')) return 'png';
  if (begins('ffd8ff')) return 'jpeg';
  // "II" or "MM", then 42, or 43 for files beyond 4 GB
  if (begins('49492a00') || begins('4d4d002a') || begins('49492b00') || begins('4d4d002b')) return 'tiff';
  if (begins('52494646') && head.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  if (begins('53445058') || begins('58504453')) return 'dpx';
  return begins('762f3101') ? 'exr' : null;
}
