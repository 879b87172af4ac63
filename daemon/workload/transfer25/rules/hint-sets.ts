/** Which controls the samples of one run use: it decides the checkpoint, and whose weight goes where. */
import { TRANSFER25_HINTS } from '../../../../schemas/spec/transfer25.js';
import { type FileFinding, fileRule, type Sample, type Transfer25Sample } from '../../dialects/rules/rule.js';

type Hint = (typeof TRANSFER25_HINTS)[number];

export const multiControlModel = fileRule({
  engines: ['transfer2.5'],
  code: 'multi_control_model',
  severity: 'info',
  says: 'Two or more different controls in one run load the model with four branches in place of the single one.',
  costs: {
    kind: 'silent change',
    text: 'The picture differs from a run with one control even at weight 0, and a checkpoint of your own is ignored.',
  },
  source: 'cosmos_transfer2/inference.py:64-72,147-150',
  check: (samples) => {
    const hints = unionOf(transfer25(samples));
    const [first] = hints;
    if (first === undefined || hints.length === 1) return [];
    const model = `the model for several controls, not the one for ${first} alone`;
    const message = `${hints.join(', ')} in one run load ${model}: the same settings give another picture`;
    const fix = 'Nothing to do if you want them all; to compare settings, keep the controls the same.';
    return [{ sample: 0, path: [], message, fix }];
  },
});

export const mixedHints = fileRule({
  engines: ['transfer2.5'],
  code: 'mixed_hints',
  severity: 'error',
  says: 'In a file whose samples use different controls, weights can reach the wrong control or none.',
  costs: { kind: 'silent change', text: 'Some samples run without a control of theirs; nothing tells which.' },
  source:
    'cosmos_transfer2/inference.py:246-251 with cosmos_transfer2/_src/transfer2/models/vid2vid_model_control_vace_rectified_flow.py:90-103',
  check: (samples) => {
    const own = transfer25(samples);
    const union = unionOf(own);
    return own.flatMap((sample, index) => misplaced(sample, index, union));
  },
});

function misplaced({ spec }: Transfer25Sample, sample: number, union: readonly Hint[]): FileFinding[] {
  const weights = new Map<Hint, number>();
  for (const hint of TRANSFER25_HINTS) {
    const block = spec[hint];
    if (block !== null) weights.set(hint, block.control_weight);
  }
  const acting = actingWeights(union, weights);
  return [...weights].flatMap(([hint, wanted]) => {
    const acts = acting.get(hint) ?? 0;
    if (acts === wanted) return [];
    const name = spec.name === null ? 'this sample' : `"${spec.name}"`;
    const message = `beside samples with other controls, ${hint} of ${name} acts with weight ${acts}, not ${wanted}`;
    return [
      { sample, path: [hint, 'control_weight'], message, fix: 'Put samples with the same controls into one file.' },
    ];
  });
}

/**
 * The weights as the model of four branches gets them. The batch sends one weight for each control that any sample
 * uses, 0 for those that this sample lacks. Then the model puts in a 0 for each control without a picture, which
 * shifts the weights behind it although their zeros are there already; it writes in place only once there are four.
 */
export function actingWeights(
  union: readonly Hint[],
  weights: ReadonlyMap<Hint, number>,
): ReadonlyMap<Hint, number | undefined> {
  const sent = union.map((hint) => weights.get(hint) ?? 0);
  const list = sent.length === 1 ? TRANSFER25_HINTS.flatMap(() => sent) : sent;
  for (const [branch, hint] of TRANSFER25_HINTS.entries()) {
    if (!weights.has(hint)) list.splice(branch, list.length === TRANSFER25_HINTS.length ? 1 : 0, 0);
  }
  return new Map(TRANSFER25_HINTS.map((hint, branch) => [hint, list[branch]]));
}

/** A file has one engine, so the positions in the list stay those of the file. */
function transfer25(samples: readonly Sample[]): Transfer25Sample[] {
  return samples.flatMap((sample) => (sample.dialect === 'transfer2.5' ? [sample] : []));
}

function unionOf(samples: readonly Transfer25Sample[]): Hint[] {
  return TRANSFER25_HINTS.filter((hint) => samples.some(({ spec }) => spec[hint] !== null));
}
