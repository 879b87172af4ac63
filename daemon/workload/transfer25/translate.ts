/** Translates a spec of Cosmos 3 to Transfer 2.5. */
import { COSMOS3_HINTS, type Cosmos3 } from '../../../schemas/spec/cosmos3.js';
import type { PyObject } from '../../../schemas/spec/python-node.js';
import { type Cosmos3Sample, written } from '../dialects/rules/rule.js';
import { carried, type Decisions, decide } from '../dialects/translate/decisions.js';
import { fileToTransfer25 } from '../dialects/translate/paths.js';
import type { Draft, Written } from '../dialects/translate/spec-draft.js';
import { GUIDANCE, type Weighted, weightsToTransfer25 } from '../dialects/translate/strength.js';
import { COSMOS3_FIELDS } from './translated-fields.js';

/** wsm has no counterpart. */
type Hint = Exclude<(typeof COSMOS3_HINTS)[number], 'wsm'>;
const NAMES: { readonly [H in Hint]: string } = { edge: 'edge', blur: 'vis', depth: 'depth', seg: 'seg' };

const CONTROL = { control_path: fileToTransfer25(), weight: () => {} };
const BLOCKS: { readonly [H in Hint]: Decisions<NonNullable<Cosmos3[H]>> } = {
  edge: { ...CONTROL, preset_edge_threshold: carried() },
  blur: { ...CONTROL, preset_blur_strength: blurStrength },
  depth: CONTROL,
  seg: CONTROL,
};

export function toTransfer25(sample: Cosmos3Sample, draft: Draft): void {
  decide(sample.node, sample.spec, COSMOS3_FIELDS, draft);
  if (!draft.has('name') && sample.name !== null) {
    draft.assume(['name'], sample.name, 'what Cosmos 3 calls this spec without a name');
  }
  controls(sample, draft);
  if (!draft.has('seed')) draft.warn(['seed'], 'Cosmos 3 draws one for every run; Transfer 2.5 always uses 2025');
  if (!draft.has('negative_prompt')) {
    const message = 'none is written, and the one that Transfer 2.5 has built in is not that of Cosmos 3';
    draft.warn(['negative_prompt'], message, 'Write one if the videos of both should be compared.');
  }
}

function controls(sample: Cosmos3Sample, draft: Draft): void {
  const found = COSMOS3_HINTS.filter((hint) => sample.spec[hint] !== null);
  if (found.length === 0) return;
  for (const hint of found) decideBlock(hint, sample, draft);
  const { guidance } = sample.resolved;
  if (!draft.has('guidance') && guidance !== GUIDANCE) {
    draft.assume(['guidance'], Math.round(guidance), 'what Cosmos 3 uses for these controls');
  }
  const hints = found.flatMap((hint) => (hint === 'wsm' ? [] : [weightOf(hint, sample)]));
  weightsToTransfer25(hints, strengthOf(found, sample), draft);
}

function strengthOf(found: readonly (typeof COSMOS3_HINTS)[number][], { spec, resolved, node }: Cosmos3Sample) {
  const weights = found.map((hint) => spec[hint]?.weight ?? 1);
  const { control_guidance } = spec;
  return {
    several: found.length > 1,
    only: found[0],
    // A weight that no run gets past leaves no shares to speak of.
    sum: weights.some((weight) => weight < 0) ? Number.NaN : weights.reduce((sum, weight) => sum + weight, 0),
    guidance: resolved.control_guidance,
    writtenGuidance: numberAt({ node }, ['control_guidance'], control_guidance),
  };
}

function decideBlock(hint: Hint | 'wsm', sample: Cosmos3Sample, draft: Draft): void {
  const node = written(sample, hint);
  if (node?.kind !== 'object') return;
  if (hint === 'wsm') draft.drop({ path: [hint], node }, 'Transfer 2.5 knows no world scenario maps: it is left out');
  else decideControl(hint, node, sample, draft);
}

function decideControl<H extends Hint>(hint: H, node: PyObject, { spec }: Cosmos3Sample, draft: Draft): void {
  const block = spec[hint];
  const to = NAMES[hint];
  draft.block(to);
  if (block !== null && block !== undefined) decide(node, block, BLOCKS[hint], draft, { at: [hint], to: [to] });
}

function weightOf(hint: Hint, sample: Cosmos3Sample): Weighted {
  const value = sample.spec[hint]?.weight ?? null;
  return { hint: NAMES[hint], weight: value ?? 1, written: numberAt(sample, [hint, 'weight'], value) };
}

function numberAt(
  sample: Pick<Cosmos3Sample, 'node'>,
  path: readonly string[],
  value: number | null,
): Written<number> | null {
  const node = written(sample, ...path);
  return node === undefined || value === null ? null : { path, node, value, to: path };
}

/** "none" blurs nothing at all, which Transfer 2.5 cannot. */
function blurStrength(written: Written<string>, draft: Draft): void {
  const none = written.value === 'none';
  draft.set(written.to, none ? 'very_low' : written.value);
  if (none) draft.change(written, 'becomes very_low, the weakest blur of Transfer 2.5');
}
