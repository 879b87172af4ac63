/** Fields that change the result and are easily overlooked, and one that must never leave this machine. */
import { hintsOf } from '../../../../schemas/spec/cosmos3-build.js';
import { cosmos3Rule, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { transferRule } from './transfer-rule.js';

/** The default of transfer2.5, so that specs of both engines look alike. Any number serves as well as another. */
const SEED = 2025;

/** Safe to repair: nothing written is lost, and a drawn number is replaced by a known one. */
const seed = transferRule({
  code: 'seed_missing',
  severity: 'error',
  says: 'Without a seed every run draws another one, and its result cannot be made again.',
  costs: {
    kind: 'silent change',
    text: 'Shows with the second run: the video is another one, and the first seed is written nowhere.',
  },
  source: 'cosmos-framework inference/transfer.py:480',
  check: (sample) => {
    if (isGiven(sample, 'seed')) return [];
    const message = 'there is no seed: every run draws another one, so this result could not be made again';
    const repair = [{ do: 'set', path: ['seed'], value: SEED }] as const;
    return [{ path: ['seed'], message, fix: `Write "seed": ${SEED}, or another whole number.`, repair }];
  },
});

const pickle = cosmos3Rule({
  code: 'pickle_runs_code',
  severity: 'error',
  says: 'pickle_file can run any program on the host, and is never sent.',
  costs: { kind: 'security', text: 'Whoever made the file can do on the host whatever its user can.' },
  source: 'cosmos-framework inference/common/args.py:970-972',
  check: (sample) => {
    if (!isGiven(sample, 'pickle_file')) return [];
    const message = 'pickle_file can run any program on the host when it is read, and is never sent';
    return [{ path: ['pickle_file'], message, fix: 'Remove it. A transfer has no use for it.' }];
  },
});

const positions = transferRule({
  code: 'temporal_positions_apart',
  severity: 'warning',
  says: 'share_vision_temporal_positions must be true for the published models: they were trained so.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: it drifts away from its controls in time.' },
  source: 'cosmos-framework inference/transfer.py (build_transfer_batch)',
  check: ({ spec }) => {
    if (spec.share_vision_temporal_positions !== false) return [];
    const message = 'share_vision_temporal_positions is false: the video may drift away from its controls in time';
    return [{ path: ['share_vision_temporal_positions'], message, fix: 'Remove it, or write true.' }];
  },
});

const showInput = transferRule({
  code: 'show_input_unused',
  severity: 'warning',
  says: 'show_input has nothing to show without vision_path.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: the colour video is not beside it.' },
  source: 'cosmos-framework inference/transfer.py:579-584',
  check: (sample) => {
    if (sample.spec.show_input !== true || isGiven(sample, 'vision_path')) return [];
    const hints = hintsOf(sample.spec).length === 1 ? 'the control' : 'the controls';
    const message = 'show_input has no effect: there is no vision_path to show';
    return [{ path: ['show_input'], message, fix: `Add vision_path, or use show_control_condition to see ${hints}.` }];
  },
});

export const RUN_VALUE_RULES: readonly Rule[] = [seed, pickle, positions, showInput];
