/** JPEG: a start-of-frame segment gives the size, EOI ends the file (ITU-T T.81, annex B). */
import type { FileBytes } from '../picture/bytes.js';
import { brokenImage, CUT_OFF, type ImageHeader } from './image.js';

/** Bytes searched for the start of frame; previews and profiles may lie before it. */
const HEAD = 256 * 1024;
/** Some cameras and writers pad after the end of image. */
const TAIL = 64;
const EOI = Buffer.from([0xff, 0xd9]);
/** SOF0 to SOF15 without DHT, JPG and DAC, which share their range. */
const isStartOfFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

export async function readJpeg(bytes: FileBytes): Promise<ImageHeader> {
  const head = await bytes.at(0, HEAD);
  if (head.length < 2 || head.readUInt16BE(0) !== 0xffd8) return brokenImage('is no JPEG image');
  const size = sizeIn(head);
  if (size === null) return brokenImage(CUT_OFF);
  const whole = (await bytes.tail(TAIL)).includes(EOI);
  return { ...size, layers: [], problem: whole ? null : CUT_OFF };
}

/** Walks the segments: 0xFF, marker, length of what follows with the length itself. */
function sizeIn(head: Buffer): { width: number; height: number } | null {
  let at = 2;
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head.readUInt8(at + 1);
    if (isStartOfFrame(marker)) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + head.readUInt16BE(at + 2); // a run of 0xFF is padding before a marker
  }
  return null;
}
