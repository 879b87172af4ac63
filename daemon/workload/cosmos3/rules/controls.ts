/** Which controls there are, and which can be computed. */
import { COSMOS3_HINTS, readCosmos3 } from '../../../../schemas/spec/cosmos3.js';
import { hintsOf } from '../../../../schemas/spec/cosmos3-build.js';
import { type Cosmos3Sample, cosmos3Rule, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { ENDS_THE_RUN, inWords, isBuiltIn, transferRule } from './transfer-rule.js';

const noControl = cosmos3Rule({
  code: 'no_control',
  severity: 'error',
  says: 'A spec without a control is no transfer.',
  costs: {
    kind: 'silent change',
    text: 'A video is made from the prompt and the colour video alone; no control acts.',
  },
  source: 'cosmos-framework inference/inference.py:1526',
  check: (sample) => {
    if (COSMOS3_HINTS.some((hint) => isGiven(sample, hint)) || isRefused(sample)) return [];
    const fix = 'Add a block edge, blur, depth, seg or wsm with a control_path.';
    return [{ path: [], message: 'there is no control in this spec: it would not be a transfer', fix }];
  },
});

/** Where a field of transfers is set, NVIDIA's reader already demands a control (inference/args.py:807-828). */
function isRefused({ node, facts }: Cosmos3Sample): boolean {
  const read = readCosmos3(node, facts);
  return 'errors' in read && read.errors.some(({ type, path }) => type === 'value_error' && path.length === 0);
}

/** Without vision_path it is the build that complains, see cosmos3-build.ts. */
const missing = transferRule({
  code: 'control_missing',
  severity: 'error',
  says: 'depth, seg and wsm need a control_path: only edge and blur are computed from the colour video.',
  costs: ENDS_THE_RUN,
  source: 'cosmos-framework inference/transfer.py:116-119',
  check: (sample) =>
    (['depth', 'seg', 'wsm'] as const)
      .filter((hint) => sample.spec[hint] !== null && !isGiven(sample, hint, 'control_path'))
      .filter(() => isGiven(sample, 'vision_path'))
      .map((hint) => ({
        path: [hint],
        message: `${hint} has no control_path: it cannot be computed from the colour video`,
        fix: `Give ${hint} a control_path to a video of its own, or remove the block. Only edge and blur can be computed.`,
      })),
});

const PRESETS = [
  ['edge', 'preset_edge_threshold'],
  ['blur', 'preset_blur_strength'],
] as const;

const presetUnused = transferRule({
  code: 'control_preset_unused',
  severity: 'info',
  says: 'The preset of edge or blur acts only when the control is computed, not when it has a control_path.',
  costs: { kind: 'silent change', text: 'Never shows: the control is used as the file has it.' },
  source: 'cosmos-framework inference/transfer.py (load_transfer_control_frames)',
  check: (sample) =>
    PRESETS.filter(([hint, key]) => isGiven(sample, hint, key) && isGiven(sample, hint, 'control_path')).map(
      ([hint, key]) => ({
        path: [hint, key],
        message: `${key} has no effect: ${hint} is read from its control_path as it is`,
        fix: `Remove ${key}, or remove the control_path to have ${hint} computed from vision_path.`,
      }),
    ),
});

/** What wsm brings along only when it is alone (inference/args.py:769-790). */
const wsmAmongOthers = transferRule({
  code: 'wsm_among_others',
  severity: 'warning',
  says: 'wsm beside other controls loses the rate and the chunk length it was tuned for.',
  costs: { kind: 'silent change', text: 'Never shows: the video has another rate and other chunks than wsm alone.' },
  source: 'cosmos-framework inference/args.py:779-790, 902-906',
  check: (sample) => {
    const others = hintsOf(sample.spec).filter((hint) => hint !== 'wsm');
    if (sample.spec.wsm === null || others.length === 0) return [];
    const { fps, num_video_frames_per_chunk: chunk } = sample.resolved;
    const lost = [
      ...(isBuiltIn(sample, 'num_video_frames_per_chunk') ? [`chunks of ${chunk} frames instead of 101`] : []),
      ...(isBuiltIn(sample, 'fps') && !isGiven(sample, 'vision_path')
        ? [`${fps} frames per second instead of 10`]
        : []),
    ];
    if (lost.length === 0) return [];
    const message = `wsm together with ${inWords(others)} gets ${inWords(lost)}`;
    return [{ path: ['wsm'], message, fix: 'Write fps and num_video_frames_per_chunk as you want them.' }];
  },
});

export const CONTROL_RULES: readonly Rule[] = [noControl, missing, presetUnused, wsmAmongOthers];
