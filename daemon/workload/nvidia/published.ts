/**
 * The figures that NVIDIA has published about speed, and no others. transfer2.5: nvidia-cosmos/cosmos-transfer2.5
 * docs/inference.md:18-49 (2ff49d0): 720p, 16 fps, a chunk of 93 frames, 35 steps, guardrails off. cosmos3:
 * inference_benchmarks.md of the cosmos cookbook: text to video only.
 */

/** Seconds of one chunk with one seg control on one GPU. */
export const SEG_SECONDS: Readonly<Record<string, number>> = {
  B200: 92.25,
  'H100 NVL': 445.52,
  'H100 PCIe': 264.13,
  H20: 683.65,
};

/** Seconds with one edge control, by the number of GPUs. */
export const EDGE_SECONDS: Readonly<Record<number, Readonly<Record<string, number>>>> = {
  1: { 'RTX PRO 6000': 605.7, H20: 1374.6, 'H100 NVL': 502.6, 'H200 NVL': 374.4, B200: 179.7, B300: 415.5 },
  4: { 'RTX PRO 6000': 196.1, H20: 373.4, 'H100 NVL': 154.5, 'H200 NVL': 117.0, B200: 62.3, B300: 127.7 },
  8: { 'RTX PRO 6000': 118.8, H20: 201.5, 'H100 NVL': 92.5, 'H200 NVL': 82.4, B200: 41.8, B300: 76.1 },
};

/** Seconds of 189 frames text to video, Cosmos3-Nano, 720p, 35 steps, one GPU; `as` = the name in that table. */
export const COSMOS3_T2V: Readonly<Record<string, { readonly seconds: number; readonly as: string }>> = {
  'H100 PCIe': { seconds: 207.78, as: 'H100 80GB' },
  'H100 NVL': { seconds: 297.27, as: 'H100 NVL' },
  'H200 NVL': { seconds: 214.28, as: 'H200' },
  B200: { seconds: 114.85, as: 'B200' },
  'RTX PRO 6000': { seconds: 786.37, as: 'RTX PRO 6000' },
  H20: { seconds: 931.39, as: 'H20' },
};

export const KNOWN_GPUS: readonly string[] = [
  ...new Set([SEG_SECONDS, ...Object.values(EDGE_SECONDS)].flatMap((table) => Object.keys(table))),
].sort();

/** How people and drivers write the names; the first that fits, without case. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\bh100\b.*\bnvl\b/i, 'H100 NVL'],
  [/\bh100\b/i, 'H100 PCIe'],
  [/\bh200\b/i, 'H200 NVL'],
  [/\bh20\b/i, 'H20'],
  [/\bb200\b/i, 'B200'],
  [/\bb300\b/i, 'B300'],
  [/\brtx pro 6000\b/i, 'RTX PRO 6000'],
];

/** The row of the tables that "h100", "NVIDIA H100 80GB HBM3" or "H200" means; undefined = nothing is published. */
export function publishedGpu(name: string): string | undefined {
  return SPELLINGS.find(([pattern]) => pattern.test(name))?.[1];
}
