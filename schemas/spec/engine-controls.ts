/** How each engine treats controls and their weights; the engines use this table, and editors show it. */
import type { EngineName, HintKey } from '../preset.js';
import { entryOf } from '../unknown-name.js';

/**
 * summed = raw weights add up, and only a mask makes the model scale them down to 1; normalised = scaled to a sum of
 * 1, so that the weight of a single control does nothing; mixed = the preview's linear average.
 */
export type WeightRule = 'summed' | 'normalised' | 'mixed';

export interface EngineControls {
  readonly hints: readonly HintKey[];
  /** Hints that it can compute from the colour video. */
  readonly computes: readonly HintKey[];
  readonly weights: WeightRule;
}

export const ENGINE_CONTROLS = {
  preview: { hints: ['edge', 'depth', 'seg', 'vis'], computes: ['edge', 'vis'], weights: 'mixed' },
  'transfer2.5': {
    hints: ['edge', 'depth', 'seg', 'vis'],
    computes: ['edge', 'depth', 'seg', 'vis'],
    weights: 'summed', // cosmos_transfer2 vid2vid_model_control_vace_rectified_flow.py:112-120, 168-172
  },
  cosmos3: {
    hints: ['edge', 'depth', 'seg', 'vis'],
    computes: ['edge', 'vis'], // the others are a FileNotFoundError at run time (inference/transfer.py:116-119)
    weights: 'normalised', // cosmos-framework inference/transfer.py:186-189
  },
} as const satisfies Readonly<Record<EngineName, EngineControls>>;

/** undefined = an engine of a newer version: what it makes of controls is not known here. */
export function controlsOf(engine: string): EngineControls | undefined {
  return entryOf(ENGINE_CONTROLS, engine);
}
