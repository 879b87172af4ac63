/** PNG: IHDR gives the size, IEND is the last chunk (PNG specification, 5.2, 11.2.2 and 11.2.5). */
import type { FileBytes } from '../picture/bytes.js';
import { brokenImage, CUT_OFF, type ImageHeader } from './image.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length 0, "IEND", and the CRC that this always has. */
const IEND = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

export async function readPng(bytes: FileBytes): Promise<ImageHeader> {
  const head = await bytes.at(0, 24);
  if (!head.subarray(0, 8).equals(SIGNATURE)) return brokenImage('is no PNG image');
  if (head.length < 24) return brokenImage(CUT_OFF);
  const whole = (await bytes.tail(IEND.length)).equals(IEND);
  const [width, height] = [head.readUInt32BE(16), head.readUInt32BE(20)];
  return { width, height, layers: [], problem: whole ? null : CUT_OFF };
}
