/**
 * One flat colour a label. Renderers number their objects (Mantra's Op_Id: 1, 2, 3, ...), and as grey values all
 * those numbers would be one white; Cosmos tells regions apart by colour, which only has to stay the same.
 */
import { floats } from './exr-view.js';

/** A single float channel of a segmentation pass: numbers of objects, or greys that are colours already. */
export class Labels {
  /** Over the whole clip: a label that appears in one frame only must not change what the others mean. */
  private areNumbers = false;

  measure(frame: Buffer): void {
    this.areNumbers ||= floats(frame).some((value) => value < 0 || value > 1);
  }

  /** grayf32le -> rgb24. */
  draw(frame: Buffer): Buffer {
    const values = floats(frame);
    const out = Buffer.allocUnsafe(values.length * 3);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      out.writeUIntBE(this.areNumbers ? colorOf(value) : grayOf(value), 3 * i, 3);
    }
    return out;
  }
}

function grayOf(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value || 0)) * 255) * 0x010101;
}

/** 0xRRGGBB from the number alone; nothing (0, nan, infinity) is black. */
export function colorOf(label: number): number {
  if (label === 0 || !Number.isFinite(label)) return 0;
  const bits = mixed(label);
  // Bright enough to stand out from nothing: every channel of a label is at least 40.
  const channel = (shift: number) => 40 + (((bits >>> shift) & 0xff) * 215) / 255;
  return (Math.round(channel(0)) << 16) | (Math.round(channel(8)) << 8) | Math.round(channel(16));
}

const bytes = new DataView(new ArrayBuffer(4));

/** Neighbouring numbers must not get neighbouring colours: the finalizer of MurmurHash3 over the float's bits. */
function mixed(label: number): number {
  bytes.setFloat32(0, label);
  let hash = bytes.getUint32(0);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
