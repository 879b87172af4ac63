/**
 * Translates how strongly the controls act, which the two engines express in different ways. transfer2.5 adds up the
 * effects of the controls, each times its weight (vid2vid_model_control_vace.py:112-120). Cosmos 3 scales the weights
 * to a sum of 1, so that they are shares only, and control_guidance says how strongly all of them act
 * (inference/transfer.py:186-189).
 *
 * The rule: the default weight of transfer2.5, which is 1, corresponds to the default control_guidance of a single
 * control of Cosmos 3, and between 0 and 1 the two are proportional. Nothing is scaled above that: a control_guidance
 * above the published ones is untried, and a control_weight above 1 is refused.
 */
import type { Draft, Written } from './spec-draft.js';

/** By cosmos3's names (inference/args.py:736-790). */
const FULL: Readonly<Record<string, number>> = { edge: 1.5, blur: 1.5, depth: 1.5, seg: 2, wsm: 3 };
/** Several controls run without it unless it is written; the cookbook gives them this (multi_control.json). */
export const FULL_OF_SEVERAL = 1.5;
/** transfer2.5's own, also what a single control of Cosmos 3 has; several would have 6. */
export const GUIDANCE = 3;
const SHIFT = 10;

export interface Weighted {
  /** Name of the block in the result. */
  readonly hint: string;
  /** What the engine reads, its default when none is written. */
  readonly weight: number;
  readonly written: Written<number> | null;
}

/** @param isMasked with a mask anywhere, transfer2.5 too scales weights down to a sum of 1 (model:168-172). */
export function weightsToCosmos3(hints: readonly Weighted[], isMasked: boolean, draft: Draft): void {
  const [only] = hints;
  if (only === undefined) return;
  if (hints.length === 1) {
    if (only.written !== null) weightToGuidance(only.hint, only.written, draft);
    return;
  }
  const sum = hints.reduce((total, { weight }) => total + weight, 0);
  for (const { hint, written } of hints) if (written !== null) weightToShare(hint, written, sum, draft);
  assumeForSeveral(sum, isMasked, draft);
}

function weightToGuidance(hint: string, written: Written<number>, draft: Draft): void {
  const full = FULL[hint] ?? FULL_OF_SEVERAL;
  const guidance = tidy(written.value * full);
  draft.set(['control_guidance'], guidance);
  draft.change(
    written,
    `the weight of a single control does nothing in Cosmos 3; it becomes control_guidance ${guidance}, where ${full} is full strength`,
  );
}

function weightToShare(hint: string, written: Written<number>, sum: number, draft: Draft): void {
  if (sum > 0) draft.set([hint, 'weight'], written.value);
  else draft.change(written, 'Cosmos 3 cannot share out weights that are all 0; control_guidance 0 switches them off');
}

function assumeForSeveral(sum: number, isMasked: boolean, draft: Draft): void {
  const guidance = tidy(Math.min(1, sum) * FULL_OF_SEVERAL);
  const isLess = sum > 1 && !isMasked;
  const less = isLess ? `; Transfer 2.5 added them up to ${tidy(sum)}, so the controls act less strongly now` : '';
  const why = `Cosmos 3 scales the weights to a sum of 1, and this says how strongly they act together${less}`;
  draft.assume(['control_guidance'], guidance, why);
  if (!draft.has('guidance')) {
    draft.assume(['guidance'], GUIDANCE, `what Transfer 2.5 uses; Cosmos 3 would use 6 for several controls`);
  }
  draft.assume(['shift'], SHIFT, 'what Cosmos 3 uses for a single control');
}

/**
 * @param several whether the source has several controls, of which some may have no counterpart.
 * @param sum of all weights in the source.
 */
export interface Cosmos3Strength {
  readonly several: boolean;
  readonly sum: number;
  /** What holds, written or not. */
  readonly guidance: number;
  readonly writtenGuidance: Written<number> | null;
  /** Control as Cosmos 3 calls it, when there is one only. */
  readonly only: string | undefined;
}

export function weightsToTransfer25(hints: readonly Weighted[], source: Cosmos3Strength, draft: Draft): void {
  const full = source.several ? FULL_OF_SEVERAL : (FULL[source.only ?? ''] ?? FULL_OF_SEVERAL);
  const strength = Math.min(1, source.guidance / full);
  if (source.writtenGuidance !== null) {
    const less = source.guidance > full ? `; ${full} is as far as weights go, so the controls act less` : '';
    const weights = hints.length === 0 ? 'is lost with the controls' : `becomes part of the control weights${less}`;
    draft.change(source.writtenGuidance, `Transfer 2.5 has no control_guidance; it ${weights}`);
  }
  for (const one of hints) {
    if (source.several) shareToWeight(one, source, strength, draft);
    else guidanceToWeight(one, strength, draft);
  }
}

function guidanceToWeight({ hint, written }: Weighted, strength: number, draft: Draft): void {
  if (written !== null) draft.drop(written, 'the weight of a single control does nothing in Cosmos 3');
  if (strength !== 1) draft.assume([hint, 'control_weight'], tidy(strength), 'stands for control_guidance');
}

function shareToWeight(one: Weighted, { sum, guidance }: Cosmos3Strength, strength: number, draft: Draft): void {
  const { hint, weight, written } = one;
  const share = isShare(weight, sum) ? weight / sum : Number.NaN;
  if (Number.isNaN(share)) {
    if (written !== null) draft.drop(written, 'Cosmos 3 stops at weights below 0 or with a sum of 0');
    return;
  }
  const value = tidy(share * strength);
  const why = `Transfer 2.5 adds weights up, Cosmos 3 scales them to a sum of 1 and then by control_guidance ${guidance}`;
  if (written === null) draft.assume([hint, 'control_weight'], value, why);
  else {
    draft.set([hint, 'control_weight'], value);
    if (value !== written.value) draft.change(written, `becomes ${value}: ${why}`);
  }
}

function isShare(weight: number, sum: number): boolean {
  return Number.isFinite(sum) && sum > 0 && weight >= 0;
}

/** Without the dust of binary fractions: 0.45, not 0.44999999999999996. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}
