/** Values of a frozen movie, measured over all its frames, that show whether it says anything as a control. */
import * as z from 'zod';

const Codes = z.array(z.int().min(0).max(255)).describe('One code for grey, or red, green and blue; 0 to 255.');

/** The picture that goes to the model, as the 8-bit codes of its pixels. */
export const PassMeasure = z.object({
  frames: z.int().min(1),
  min: Codes.describe('Lowest code of each channel.'),
  max: Codes.describe('Highest code of each channel.'),
  commonest: Codes.describe('The value that most pixels of all frames have.'),
  share: z.number().min(0).max(1).describe('Share of all pixels that have it.'),
  repeated: z.int().min(0).describe('Frames that are equal to the one before.'),
  blank: z.int().min(0).describe('Frames that are one flat value by themselves.'),
  read: z
    .object({ least: z.number(), most: z.number() })
    .nullable()
    .describe('Smallest and largest finite value of a float or integer source; null = not known, or none is finite.'),
  notes: z.array(z.string()).describe('Sentences about what was clipped, left out or assumed.'),
});
export type PassMeasure = z.infer<typeof PassMeasure>;

/** The same with its place in a job. */
export const MeasuredPass = PassMeasure.extend({
  pass: z.string().describe('Name of the pass: color, depth, ...'),
  input: z.string().describe('The movie, as the spec names it: "inputs/depth.mp4".'),
  source: z.string().describe('What it was made of, in words: "layer depth of shot.####.exr".'),
  finding: z.string().nullable().describe('Why it says nothing to the model; null = it does, or has no weight.'),
});
export type MeasuredPass = z.infer<typeof MeasuredPass>;
