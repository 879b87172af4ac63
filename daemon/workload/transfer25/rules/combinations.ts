/** Combinations of controls that NVIDIA's guide and its users advise against. */
import { transfer25Rule } from '../../dialects/rules/rule.js';

const GUIDE = 'NVIDIA Cosmos Cookbook, core_concepts/control_modalities/overview, Best Practices';
/** The guide starts vis at 0.4 to 0.6. */
const STRONG_VIS = 0.6;

export const segAlone = transfer25Rule({
  code: 'seg_alone',
  severity: 'warning',
  says: 'seg without another control gives unrealistic pictures.',
  costs: { kind: 'silent change', text: 'A full run, with a picture that is likely to be thrown away.' },
  source: GUIDE,
  check: ({ spec: { edge, vis, depth, seg } }) => {
    if (seg === null || edge !== null || vis !== null || depth !== null) return [];
    const message = 'seg is the only control, and NVIDIA advises against that: the result looks unrealistic';
    return [{ path: ['seg'], message, fix: 'Add edge, or depth.' }];
  },
});

export const segAndVis = transfer25Rule({
  code: 'seg_vis_without_edge',
  severity: 'warning',
  says: 'seg and vis without edge give unpredictable results.',
  costs: { kind: 'silent change', text: 'A full run, with a picture that is likely to be thrown away.' },
  source: GUIDE,
  check: ({ spec: { edge, vis, seg } }) => {
    if (seg === null || vis === null || edge !== null) return [];
    const message = 'NVIDIA advises against seg and vis without edge: what comes out is hard to predict';
    return [{ path: ['seg'], message, fix: 'Add edge, or take out vis.' }];
  },
});

export const visRepeatsInput = transfer25Rule({
  code: 'vis_repeats_input',
  severity: 'info',
  says: 'vis with a high weight gives almost the colour video back.',
  costs: { kind: 'silent change', text: 'A full run for a video that hardly follows the prompt.' },
  source: `issues #3, #11; ${GUIDE}`,
  check: ({ spec: { vis } }) => {
    if (vis === null || vis.control_weight <= STRONG_VIS) return [];
    const message = `vis with weight ${vis.control_weight} gives almost the colour video back`;
    return [{ path: ['vis', 'control_weight'], message, fix: 'Start with 0.4 to 0.6.' }];
  },
});
