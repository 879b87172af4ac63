/** A weight of 0 is not the same as leaving the control out; for cosmos3 see its own rules of weights. */
import { transfer25Rule } from '../rule.js';
import { controlsOf } from '../sample-parts.js';

export const zeroWeight = transfer25Rule({
  code: 'weight_zero',
  severity: 'warning',
  says: 'A control with weight 0 beside others does nothing, but is still loaded and counted.',
  costs: {
    kind: 'time and money',
    text: 'Its video is read or computed for nothing, and it still makes the run load the model for several controls.',
  },
  source: 'cosmos_transfer2/inference.py:64-72, 246-251',
  check: (sample) => {
    const controls = controlsOf(sample);
    const zero = controls.filter(({ weight }) => weight?.value === 0);
    if (zero.length === controls.length) return []; // a video without any control: rule uncontrolled
    return zero.map(({ hint }) => ({
      path: [hint, 'control_weight'],
      message: `${hint} has weight 0: it does nothing, but its video is loaded, and so is the model for several controls`,
      fix: `Remove the whole "${hint}" block.`,
    }));
  },
});
