/** How DWA stores each channel, by the last word of its name (ImfDwaCompressorSimd.h, ImfDwaCompressor.cpp). Pure. */
import type { SampleType } from '../header.js';

export type Scheme = 'plain' | 'lossy' | 'rle';

export interface Rule {
  readonly suffix: string;
  readonly scheme: Scheme;
  readonly type: SampleType;
  /** 0, 1, 2 = red, green, blue of a triple that is stored as luminance and chroma; -1 = on its own. */
  readonly color: number;
  /** The suffix may be written in capitals or not. */
  readonly anyCase: boolean;
}

function rules(lossy: readonly (readonly [suffix: string, color: number])[], alpha: string, anyCase: boolean): Rule[] {
  return [
    ...lossy.flatMap(([suffix, color]) =>
      (['half', 'float'] as const).map((type) => ({ suffix, scheme: 'lossy' as const, type, color, anyCase })),
    ),
    ...(['uint', 'half', 'float'] as const).map((type) => ({
      suffix: alpha,
      scheme: 'rle' as const,
      type,
      color: -1,
      anyCase,
    })),
  ];
}

const CHROMA = ['Y', 'BY', 'RY'].map((suffix) => [suffix, -1] as const);

export const STANDARD_RULES: readonly Rule[] = rules([['R', 0], ['G', 1], ['B', 2], ...CHROMA], 'A', false);

/** Of files written before the rules were stored. */
export const LEGACY_RULES: readonly Rule[] = rules(
  [
    ...['r', 'red'].map((suffix) => [suffix, 0] as const),
    ...['g', 'grn', 'green'].map((suffix) => [suffix, 1] as const),
    ...['b', 'blu', 'blue'].map((suffix) => [suffix, 2] as const),
    ...CHROMA,
  ],
  'a',
  true,
);
