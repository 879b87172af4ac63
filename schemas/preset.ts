/** Named choices for a job. Fields that end up in the spec keep NVIDIA's spelling. */
import * as z from 'zod';
import { PlainJson, PlainText } from './text.js';

export const EngineName = z
  .enum(['preview', 'transfer2.5', 'cosmos3'])
  .describe('The model family; shown to people as Model.');
export type EngineName = z.infer<typeof EngineName>;

export const Dialect = z.enum(['transfer2.5', 'cosmos3']).describe('Which JSON NVIDIA reads.');
export type Dialect = z.infer<typeof Dialect>;

/** Hint keys in NVIDIA's Transfer2.5 spelling; the cosmos3 dialect writes vis as "blur". */
export const HintKey = z.enum(['edge', 'depth', 'seg', 'vis']);
export type HintKey = z.infer<typeof HintKey>;

/** "off" removes the hint from the spec, which is not the same as weight 0. */
export const Weight = z.union([z.number().min(0).max(1), z.literal('off')]);
export type Weight = z.infer<typeof Weight>;

export const Preset = z.strictObject({
  engine: EngineName.optional(),
  host: PlainText.optional().describe('Run only on this host.'),
  prompt: PlainText.optional(),
  template: PlainText.optional().describe('Category whose template prompt is used when nothing else gives a prompt.'),
  negative_prompt: PlainText.optional(),
  weights: z.partialRecord(HintKey, Weight).optional(),
  seed: z.int().min(0).optional(),
  num_steps: z.int().min(1).optional(),
  guidance: z.int().min(0).max(7).optional(),
  resolution: PlainText.optional(),
  allow_flat: z.boolean().optional().describe('Passes of one flat colour are meant so: a job is not held for them.'),
  name: PlainText.optional().describe('Output name template: {clip}, {seed}, {engine}.'),
  set: z.record(PlainText, PlainJson).optional().describe('Further spec fields, written as they are.'),
});
export type Preset = z.infer<typeof Preset>;

/** UTF-16 units: more than any button shows. */
const LONGEST_NAME = 100;

/** Of a preset that is saved: as TOML and a command line take it. People may write others into cosmos.toml by hand. */
export const PresetName = PlainText.min(1, { error: 'a preset needs a name', abort: true })
  .max(LONGEST_NAME, `the name of a preset has at most ${LONGEST_NAME} letters`)
  .regex(
    /^[^\s-](?:[^\t\r\n\u2028\u2029]*\S)?$/u,
    'the name of a preset is one line, without blanks around it or a dash before it',
  )
  .refine((name) => name !== '__proto__', 'that name means something else to programs; choose another one');

/** A preset of cosmos.toml. */
export const NamedPreset = z.object({ name: z.string(), values: Preset });
export type NamedPreset = z.infer<typeof NamedPreset>;
