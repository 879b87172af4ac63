/** Two sources for one prompt. */
import { commonRule, isGiven } from '../rule.js';

export const promptBoth = commonRule({
  code: 'prompt_both',
  severity: 'warning',
  says: 'prompt and prompt_path are both given; prompt wins.',
  costs: { kind: 'silent change', text: 'The text of the file is not used; it shows in the finished video.' },
  source: 'cosmos-transfer2.5 config.py:342-344; cosmos-framework inference/args.py:349-358',
  check: (sample) => {
    if (!isGiven(sample, 'prompt') || !isGiven(sample, 'prompt_path')) return [];
    const message = 'prompt_path is not used, because prompt is given too; the file must exist anyway';
    const offers = ['prompt_path', 'prompt'].map((key) => {
      return { says: `Remove ${key}.`, repair: [{ do: 'remove', path: [key] } as const] };
    });
    return [{ path: ['prompt_path'], message, fix: 'Remove the one that you do not mean.', offers }];
  },
});
