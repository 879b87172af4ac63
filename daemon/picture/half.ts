/** Half floats (IEEE 754 binary16) and floats. Pure. */

const bits = new DataView(new ArrayBuffer(4));

/** The bits of each of the 65,536 half floats as a float of 32 bits, exactly; a NaN keeps its payload. */
export const HALF_TO_BITS: Uint32Array = Uint32Array.from({ length: 65_536 }, (_, half) => {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
  if (exponent > 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
  bits.setFloat32(0, fraction * 2 ** -24);
  return (sign | bits.getUint32(0)) >>> 0;
});

/** The same as numbers. */
export const HALF_TO_FLOAT = new Float32Array(HALF_TO_BITS.buffer);

/** The nearest half float; of two as near the one with an even last bit. */
export function floatToHalf(value: number): number {
  bits.setFloat32(0, value);
  const word = bits.getUint32(0);
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // rounds beyond 65,504: infinity
  if (magnitude < 0x38800000) {
    // Subnormal: whole multiples of 2^-24; the added number makes the rounding happen at the last bit.
    return sign | roundEven(Math.abs(value) * 2 ** 24);
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded >>> 13) - (112 << 10));
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor + (floor & 1);
}
