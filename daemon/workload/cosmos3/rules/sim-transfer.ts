/** Cosmos3-Nano-Sim-Transfer: distilled for simulators, with a contract of its own. */
import { hintsOf } from '../../../../schemas/spec/cosmos3-build.js';
import type { Cosmos3Sample, Finding, Rule } from '../../dialects/rules/rule.js';
import { modelOf } from './known-models.js';
import { framesOf } from './source.js';
import { inWords, transferRule } from './transfer-rule.js';

const LONGEST = 201;

/** The limits that NVIDIA's page about the model names; what happens beyond them is not known. */
const limits = transferRule({
  code: 'sim_transfer_limits',
  severity: 'error',
  says: 'Cosmos3-Nano-Sim-Transfer takes one control of edge, blur, depth and seg as a file, at 480, up to 201 frames.',
  costs: { kind: 'no video', text: 'The run fails, or makes a video that the model was never trained for.' },
  source: 'nvidia.github.io/cosmos-framework/inference_transfer.md',
  check: (sample) => {
    if (modelOf(sample.run) !== 'Nano-Sim-Transfer') return [];
    return [...controls(sample), ...resolution(sample), ...length(sample)];
  },
});

function controls({ spec }: Cosmos3Sample): Finding[] {
  const hints = hintsOf(spec);
  if (hints.length > 1) {
    const message = `Cosmos3-Nano-Sim-Transfer takes one control, and this spec has ${inWords(hints)}`;
    return [{ path: [], message, fix: 'Keep one of them, or use Cosmos3-Nano.' }];
  }
  return hints.flatMap((hint): Finding[] => {
    if (hint === 'wsm') {
      return [{ path: [hint], message: 'Cosmos3-Nano-Sim-Transfer knows no wsm', fix: 'Use Cosmos3-Nano.' }];
    }
    if ((spec[hint]?.control_path ?? null) !== null) return [];
    const message = `Cosmos3-Nano-Sim-Transfer computes no controls: ${hint} needs a control_path`;
    return [{ path: [hint], message, fix: `Render ${hint} and name the file, or use Cosmos3-Nano.` }];
  });
}

function resolution({ spec: { resolution: wanted } }: Cosmos3Sample): Finding[] {
  if (wanted === null || wanted === '480') return [];
  const message = `Cosmos3-Nano-Sim-Transfer makes resolution "480", and this spec asks for "${wanted}"`;
  return [{ path: ['resolution'], message, fix: 'Write "resolution": "480", or use Cosmos3-Nano.' }];
}

function length(sample: Cosmos3Sample): Finding[] {
  const frames = framesOf(sample);
  if (frames === undefined || frames <= LONGEST) return [];
  const message = `Cosmos3-Nano-Sim-Transfer was trained up to ${LONGEST} frames, and this video has ${frames}`;
  const fix = `Write "max_frames": ${LONGEST}, or cut the clip into pieces.`;
  return [{ path: [], severity: 'warning', message, fix }];
}

export const SIM_TRANSFER_RULES: readonly Rule[] = [limits];
