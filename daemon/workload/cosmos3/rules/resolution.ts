/** The size tier that a video is made in. */
import { type Cosmos3Sample, type Finding, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { modelOf } from './known-models.js';
import { ENDS_THE_RUN, transferRule } from './transfer-rule.js';

/** The Edge model has another default than the others (configs/model/*.yaml:111). */
export function resolutionOf({ spec, resolved, run }: Cosmos3Sample): string {
  return spec.resolution ?? (modelOf(run) === 'Edge' ? '480' : resolved.resolution);
}

/** Tiers that a model was trained with (inference/args.py:454-470). */
const TRAINED = {
  Edge: ['256', '480'],
  Nano: ['256', '480', '720'],
  Super: ['256', '480', '720'],
} as const;

const untrained = transferRule({
  code: 'resolution_untrained',
  severity: 'warning',
  says: 'Each model was trained with certain resolutions: Edge 256 and 480; Nano and Super 256, 480 and 720.',
  costs: {
    kind: 'silent change',
    text: 'Shows in the finished video: quality suffers, and a larger tier takes longer.',
  },
  source: 'cosmos-framework inference/args.py:131-135, 454-470',
  check: (sample) => {
    const { resolution } = sample.spec;
    const model = modelOf(sample.run);
    const trained: readonly string[] = model === 'Edge' ? TRAINED.Edge : TRAINED.Nano;
    if (resolution === null || model === 'Nano-Sim-Transfer' || trained.includes(resolution)) return [];
    if (resolution === '768' && model === 'Super' && sample.resolved.num_frames === 1) return [];
    const who = model === undefined ? 'no model' : `Cosmos3-${model}`;
    const not = model === undefined ? 'was trained for videos of' : 'was not trained for';
    const finding: Finding = {
      path: ['resolution'],
      message: `${who} ${not} resolution "${resolution}": quality may suffer`,
      fix: `Use ${trained.map((tier) => `"${tier}"`).join(', ')}.`,
    };
    if (resolution !== '704') return [finding];
    return [{ ...finding, message: `${finding.message}, and a host with COSMOS_TRAINING=0 refuses it` }];
  },
});

/** Of all modes only image2image is left without a default for it (inference/args.py: _build_vision_data). */
const resolutionMissing = transferRule({
  code: 'resolution_missing',
  severity: 'error',
  says: 'An image as vision_path with num_frames 1 needs a resolution: there is no default for this kind of job.',
  costs: ENDS_THE_RUN,
  source: 'cosmos-framework inference/transfer.py:388, args.py (_build_vision_data)',
  check: (sample) => {
    const { resolved, run } = sample;
    if (resolved.model_mode !== 'image2image' || isGiven(sample, 'resolution') || isGiven(sample, 'defaults_file')) {
      return [];
    }
    const value = modelOf(run) === 'Edge' ? '480' : '720';
    const message = 'resolution is not set, and an image made from an image has no default for it: the run would stop';
    return [
      {
        path: [],
        message,
        fix: `Write "resolution": "${value}".`,
        repair: [{ do: 'set', path: ['resolution'], value }],
      },
    ];
  },
});

export const RESOLUTION_RULES: readonly Rule[] = [untrained, resolutionMissing];
