/** The length of the result: the frames of the first control, whatever num_frames says. */

import { hintsOf, roundFrames } from '../../../../schemas/spec/cosmos3-build.js';
import type { Rule } from '../../dialects/rules/rule.js';
import { colourOf, firstControl, framesOf } from './source.js';
import { isBuiltIn, transferRule } from './transfer-rule.js';

const numFramesUnused = transferRule({
  code: 'num_frames_unused',
  severity: 'warning',
  says: 'num_frames does not set the length of a transfer: it is that of the first control, and max_frames shortens it.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: it has another length, and took another time.' },
  source: 'cosmos-framework inference/transfer.py:436-440',
  check: (sample) => {
    const { num_frames: wanted } = sample.spec;
    const source = firstControl(sample);
    if (wanted === null || wanted === 1 || source === null || source.image) return [];
    const path = ['num_frames'];
    const length = framesOf(sample);
    if (length === undefined) {
      const message = `num_frames ${wanted} does not set the length: the video gets as many frames as ${source.called} has`;
      const fix = 'Remove num_frames; "max_frames" makes the video shorter.';
      return [{ path, severity: 'info', message, fix }];
    }
    if (length === 1 || roundFrames(length) === roundFrames(wanted)) return [];
    const fix =
      wanted < length
        ? `Write "max_frames": ${wanted} to get a shorter video.`
        : `Render ${source.called} longer, or remove num_frames.`;
    return [
      {
        path,
        message: `num_frames ${wanted} has no effect: the video gets the ${length} frames of ${source.called}`,
        fix,
      },
    ];
  },
});

const capped = transferRule({
  code: 'frames_capped',
  severity: 'warning',
  says: 'Without max_frames a transfer ends after 5000 frames.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: its end is missing.' },
  source: 'cosmos-framework inference/transfer.py:436-440',
  check: (sample) => {
    const source = firstControl(sample);
    const frames = source?.media?.frames ?? 0;
    const { max_frames: most } = sample.resolved;
    if (source === null || !isBuiltIn(sample, 'max_frames') || most === null || frames <= most) return [];
    const message = `${source.called} has ${frames} frames, and only the first ${most} are used`;
    return [{ path: source.path, message, fix: `Write "max_frames": ${frames}, or cut the clip into pieces.` }];
  },
});

/** Of decoded frames, before anything is scaled. Hosts of one GPU commonly have 64 GB or more. */
const MUCH_MEMORY = 32e9;

const memory = transferRule({
  code: 'decoding_memory',
  severity: 'warning',
  says: 'All frames of every input are decoded into memory, also those that max_frames leaves out.',
  costs: { kind: 'late failure', text: 'The host runs out of memory after the model is loaded and kills the run.' },
  source: 'cosmos-framework inference/vision.py:197-209',
  check: (sample) => {
    const controls = hintsOf(sample.spec).map((hint) => sample.spec[hint]?.control_path ?? null);
    const named = new Set([colourOf(sample)?.named ?? null, ...controls]);
    const media = [...named].map((one) => (one === null ? undefined : sample.facts.media(one)));
    const bytes = media.reduce(
      (sum, one) => sum + (one === undefined ? 0 : one.frames * one.width * one.height * 3),
      0,
    );
    if (bytes < MUCH_MEMORY) return [];
    const message = `the inputs take ${Math.round(bytes / 1e9)} GB of the host's memory: every frame is decoded at once`;
    return [{ path: [], message, fix: 'Cut the clip into shorter pieces, or render it smaller.' }];
  },
});

export const LENGTH_RULES: readonly Rule[] = [numFramesUnused, capped, memory];
