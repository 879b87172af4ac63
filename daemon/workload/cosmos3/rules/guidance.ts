/** How strongly prompt and controls act: guidance, control_guidance and their intervals. */
import { hintsOf } from '../../../../schemas/spec/cosmos3-build.js';
import type { Cosmos3Sample, Finding, Rule } from '../../dialects/rules/rule.js';
import { inWords, isBuiltIn, transferRule } from './transfer-rule.js';

/** No repair: other values make another picture and, above 1, take another pass in every step. */
const severalDefaults = transferRule({
  code: 'several_controls_defaults',
  severity: 'warning',
  says: 'Several controls fall back to general defaults: guidance 6 and control_guidance 1.',
  costs: {
    kind: 'silent change',
    text: 'Shows in the finished video: the controls are followed more loosely than one alone.',
  },
  source: 'cosmos-framework inference/args.py:769-790, 902-906',
  check: (sample) => {
    const hints = hintsOf(sample.spec);
    const unset = (['guidance', 'control_guidance'] as const).filter((key) => isBuiltIn(sample, key));
    if (hints.length < 2 || unset.length === 0) return [];
    const values = inWords(unset.map((key) => `${key} ${sample.resolved[key]}`));
    const message = `${inWords(hints)} together run with ${values}: the tuned values hold for a single control only`;
    return [
      {
        path: [],
        message,
        fix: 'Write them: "guidance": 3 and "control_guidance": 1.5 are those of edge, blur or depth alone.',
      },
    ];
  },
});

/** 1 is the neutral value: the controls are seen by the model, but not reinforced; 0 subtracts them (transfer.py, build_control_cfg_postprocess). */
const weak = transferRule({
  code: 'control_guidance_weak',
  severity: 'info',
  says: 'control_guidance 1 does not reinforce the controls, less than 1 weakens them, 0 takes them out.',
  costs: {
    kind: 'silent change',
    text: 'Shows in the finished video: it follows the controls loosely, or not at all.',
  },
  source: 'cosmos-framework inference/args.py:769-772, transfer.py:311',
  check: ({ spec: { control_guidance: value } }) => {
    if (value === null || value > 1) return [];
    const path = ['control_guidance'];
    const fix = 'Tuned values are 1.5 for edge, blur and depth, 2 for seg, 3 for wsm.';
    if (value === 1)
      return [{ path, message: 'control_guidance 1 is off: the controls act without reinforcement', fix }];
    if (value > 0) return [{ path, message: `control_guidance ${value} weakens the controls`, fix }];
    return [{ path, severity: 'warning', message: 'control_guidance 0 takes the controls out of the result', fix }];
  },
});

const LAST_TIMESTEP = 1000;

const intervals = transferRule({
  code: 'guidance_interval_empty',
  severity: 'warning',
  says: 'A guidance interval goes from a lower to a higher timestep, between 0 and 1000.',
  costs: {
    kind: 'silent change',
    text: 'Never shows: the guidance is not applied in any step, as if it were switched off.',
  },
  source: 'cosmos-framework inference/args.py:83, transfer.py:344',
  check: (sample) => [...inInterval(sample, 'control_guidance_interval'), ...inInterval(sample, 'guidance_interval')],
});

function inInterval({ spec }: Cosmos3Sample, key: 'control_guidance_interval' | 'guidance_interval'): Finding[] {
  const interval = spec[key];
  if (interval === null) return [];
  const [low, high] = interval;
  const written = `${key} [${low}, ${high}]`;
  const path = [key];
  const off = `${key === 'guidance_interval' ? 'guidance' : 'control_guidance'} is never applied`;
  if (low > high && high < LAST_TIMESTEP) {
    // The two numbers can only be meant in the other order, and neither is lost.
    const repair = [{ do: 'set', path, value: [high, low] }] as const;
    return [{ path, message: `${written} is the wrong way round: ${off}`, fix: `Write [${high}, ${low}].`, repair }];
  }
  const fix = `Timesteps go from 0 to ${LAST_TIMESTEP}: [0, ${LAST_TIMESTEP}] is always, which is also the default.`;
  // Written so that NaN is no interval either.
  if (!(low < high) || low >= LAST_TIMESTEP) return [{ path, message: `${written} holds no timestep: ${off}`, fix }];
  if (high > 1) return [];
  return [
    { path, message: `${written} ends at timestep ${high} of ${LAST_TIMESTEP}: ${off} before the very end`, fix },
  ];
}

const intervalUnused = transferRule({
  code: 'control_interval_unused',
  severity: 'warning',
  says: 'control_guidance_interval has no effect while control_guidance is 1.',
  costs: { kind: 'silent change', text: 'Never shows: the interval is not looked at.' },
  source: 'cosmos-framework inference/transfer.py:311',
  check: ({ spec, resolved }) => {
    if (spec.control_guidance_interval === null || resolved.control_guidance !== 1) return [];
    if (spec.control_guidance === null && spec.defaults_file !== null) return [];
    const message = 'control_guidance_interval has no effect: control_guidance is 1, which is off';
    return [{ path: ['control_guidance_interval'], message, fix: 'Set control_guidance above 1, for example 1.5.' }];
  },
});

export const GUIDANCE_RULES: readonly Rule[] = [severalDefaults, weak, intervals, intervalUnused];
