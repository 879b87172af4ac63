/** A spec as the product writes it, and what the check says of one code when something in it is changed. */
import type { Issue } from '../../../../../schemas/index.js';
import { type Checked, checked, issuesOf } from '../../../../support/spec-check.js';

export const GOOD = {
  name: 'lot',
  prompt: 'A ruined street at dusk',
  video_path: 'color.mp4',
  edge: { control_path: 'edge.mp4', control_weight: 1 },
};

/** @param changes are laid over the good spec; undefined takes a key out. */
export function foundIn(code: string, changes: object, options: Checked = {}): Issue[] {
  return issuesOf(checked({ ...GOOD, ...changes }, { engine: 'transfer2.5', ...options }), code);
}

/** Only the parts that a rule decides. */
export function saidIn(code: string, changes: object, options: Checked = {}): string[] {
  return foundIn(code, changes, options).map(
    ({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`,
  );
}
