/** The methods about specs and estimates that need no job. */
import * as z from 'zod';
import { PassName } from '../clip.js';
import { Estimate } from '../estimate.js';
import { Dialect, EngineName, HintKey, Weight } from '../preset.js';
import { ControlOutlook } from '../spec/control-outlook.js';
import { CheckReport } from '../spec/issue.js';
import { SpecLoss } from '../spec/loss.js';
import { SampleOutlook } from '../spec/outlook.js';
import { JobOptions, Target } from '../submit.js';
import { PlainText } from '../text.js';
import { type MethodTable, method } from './method.js';

export const specMethods = {
  'spec.check': method(
    'Check spec text or files: what NVIDIA says, what it would miss, and what the spec comes to.',
    z.strictObject({
      file: z.string(),
      text: z.string().optional(),
      engine: Dialect.optional(),
      job: z.string().optional().describe('Its frozen inputs are the files that the spec may name.'),
    }),
    z.object({ report: CheckReport, outlook: z.array(SampleOutlook) }),
  ),
  'spec.compile': method(
    'The spec a submit would write, without submitting.',
    z.strictObject({ target: Target, options: JobOptions.optional() }),
    z.object({ text: z.string(), report: CheckReport, estimate: Estimate.nullable() }),
  ),
  'spec.controls': method(
    'What these choices make of the controls: what is on, where it comes from, and what its weight does in the end.',
    z.strictObject({
      engine: EngineName.optional(),
      preset: z.string().optional(),
      passes: z.array(PassName).describe('What the clip has, or will have.'),
      weights: z.partialRecord(HintKey, Weight).optional().describe('As in the options of a submit.'),
    }),
    z.object({
      engine: EngineName.describe('As the options, the preset or the defaults say.'),
      controls: z.array(ControlOutlook),
      note: z.string().describe('What the weights of all rows together mean; may be empty.'),
    }),
  ),
  'spec.translate': method(
    'The text of a spec as one for the other engine, to stand in the same file, and what is not the same in it.',
    z.strictObject({ file: z.string(), text: z.string(), to: Dialect }),
    z.object({ text: z.string(), losses: z.array(SpecLoss) }),
  ),
  'spec.save': method(
    'Write a hand-edited spec beside its clip; it then takes precedence over generated ones.',
    z.strictObject({ clip: z.string(), text: PlainText }),
    z.object({ path: z.string(), report: CheckReport }),
  ),
  'estimate.get': method(
    'Chunks, seconds and dollars of a clip on a GPU, with the source of the numbers.',
    z.strictObject({
      target: Target.optional(),
      engine: EngineName.optional(),
      frames: z.int().min(1).optional(),
      gpu: z.string().optional(),
      gpus: z.int().min(1).optional(),
      options: JobOptions.optional(),
    }),
    z.object({ estimate: Estimate }),
  ),
} as const satisfies MethodTable;
