/** A weight of 0 is not the same as leaving the control out. */
import { commonRule, type Finding, type Sample } from '../rule.js';
import { type Control, controlsOf } from '../sample-parts.js';

export const zeroWeight = commonRule({
  code: 'zero_weight',
  severity: 'warning',
  says: 'A control with weight 0 has no influence, but is still loaded and counted.',
  costs: {
    kind: 'time and money',
    text: 'Its video is read and computed for nothing; it still decides which checkpoint is loaded (transfer2.5), or which defaults hold and how long the result is (cosmos3).',
  },
  source:
    'cosmos-transfer2.5 inference.py:64-72, 246-251; cosmos-framework inference/args.py:902-906, transfer.py:186-189',
  check: (sample) => {
    const controls = controlsOf(sample);
    const zero = controls.filter(({ weight }) => weight?.value === 0);
    // Cosmos 3 fails when nothing is left, which is a rule of its own.
    if (sample.dialect === 'cosmos3' && zero.length === controls.length) return [];
    return zero.flatMap((control) => finding(control, controls.length === 1, sample));
  },
});

function finding({ hint, weight }: Control, only: boolean, { dialect }: Sample): Finding[] {
  if (weight === null) return [];
  const { path } = weight;
  if (only) {
    const message = `${hint} has weight 0 and is the only control: the video is made without any`;
    return [{ path, message, fix: 'Give it a weight above 0.' }];
  }
  const still = dialect === 'cosmos3' ? 'still sets the defaults' : 'still loads the model for several controls';
  const message = `${hint} has weight 0: it does nothing, but it is read and ${still}`;
  return [{ path, message, fix: `Remove the whole "${hint}" block.` }];
}
