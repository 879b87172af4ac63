/** Masks of a control: where it acts. */
import { TRANSFER25_HINTS } from '../../../../schemas/spec/transfer25.js';
import { type Finding, type Transfer25Sample, transfer25Rule } from '../../dialects/rules/rule.js';

type Block = { readonly mask_path: string | null; readonly mask_prompt: string | null };

export const maskPromptIgnored = transfer25Rule({
  code: 'mask_prompt_ignored',
  severity: 'warning',
  says: 'When a control has mask_path and mask_prompt, mask_path wins.',
  costs: { kind: 'silent change', text: 'mask_prompt does nothing; a line in debug.log is all that says so.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/utils.py:750-753',
  check: (sample) =>
    eachBlock(sample, (hint, { mask_path, mask_prompt }) => {
      if (mask_path === null || mask_prompt === null) return [];
      const message = `mask_prompt of ${hint} is ignored: mask_path is used`;
      return [{ path: [hint, 'mask_prompt'], message, fix: 'Keep one of the two.' }];
    }),
});

export const maskIsBinary = transfer25Rule({
  code: 'mask_is_binary',
  severity: 'info',
  says: 'A mask is cut at half brightness of its red channel: white = the control acts, black = it does not.',
  costs: { kind: 'silent change', text: 'Grey and soft edges become hard; an inverted mask lets the wrong half act.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/utils.py:760-767; issues #67, #122',
  check: (sample) =>
    eachBlock(sample, (hint, { mask_path }) => {
      if (mask_path === null) return [];
      const message = `${hint} acts where its mask is white; greys are cut at half to black or white`;
      const fix = 'Draw the mask in black and white; for half the strength, lower the weight.';
      return [{ path: [hint, 'mask_path'], message, fix }];
    }),
});

export const maskPromptMayMiss = transfer25Rule({
  code: 'mask_prompt_may_miss',
  severity: 'info',
  says: 'A mask_prompt that finds nothing in the first frame is passed over: the control then acts everywhere.',
  costs: { kind: 'silent change', text: 'The run succeeds without the mask.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/utils.py:604-615; sam2_model.py:208-240',
  check: (sample) =>
    eachBlock(sample, (hint, { mask_path, mask_prompt }) => {
      if (mask_path !== null || mask_prompt === null) return [];
      const message = `if "${mask_prompt}" is not found in the first frame, ${hint} acts everywhere`;
      return [{ path: [hint, 'mask_prompt'], message, fix: 'A rendered mask as mask_path is sure.' }];
    }),
});

export const maskedVis = transfer25Rule({
  code: 'masked_vis',
  severity: 'warning',
  says: 'A mask on vis is known to make things appear that are not in the scene.',
  costs: { kind: 'silent change', text: 'A full run, with a picture that is likely to be thrown away.' },
  source: 'NVIDIA Cosmos Cookbook, core_concepts/control_modalities/overview, 2.5 Binary Masking',
  check: ({ spec: { vis } }) => {
    if (vis === null || (vis.mask_path === null && vis.mask_prompt === null)) return [];
    const path = ['vis', vis.mask_path === null ? 'mask_prompt' : 'mask_path'];
    const message = 'NVIDIA advises against a mask on vis: it makes things appear that are not in the scene';
    return [{ path, message, fix: 'Use vis without a mask and with a low weight, such as 0.4.' }];
  },
});

function eachBlock({ spec }: Transfer25Sample, look: (hint: string, block: Block) => Finding[]): Finding[] {
  return TRANSFER25_HINTS.flatMap((hint) => {
    const block = spec[hint];
    return block === null ? [] : look(hint, block);
  });
}
