/** The messages between the page and the extension. The page is not trusted, so its messages are parsed. */
import * as z from 'zod';
import { EngineName, JobOptions } from '../../../schemas/index.js';
import { ACTIONS, type Kept, type PageState, type Pictures } from './form.js';

export type ToPage =
  | { readonly type: 'state'; readonly state: PageState }
  /** `absent` is the text in place of a missing picture. */
  | { readonly type: 'pictures'; readonly pictures: Pictures; readonly absent: string };

const FormEdit = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal(['prompt', 'negative_prompt']), value: z.string() }),
  z.strictObject({ field: z.literal('preset'), value: z.string() }),
  z.strictObject({ field: z.literal('host'), value: z.string() }),
  z.strictObject({
    field: z.literal(['seed', 'num_steps', 'guidance', 'control_guidance']),
    value: z.number().nullable(),
  }),
  z.strictObject({ field: z.literal('model'), value: EngineName }),
  z.strictObject({ field: z.literal('weight'), block: z.string(), value: z.number().min(0) }),
  z.strictObject({ field: z.literal('weights'), values: z.record(z.string(), z.number().min(0)) }),
  z.strictObject({ field: z.literal('switch'), block: z.string(), on: z.boolean() }),
]);

export const FromPage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('edit'), edit: FormEdit }),
  /**
   * The user takes a repair that a finding offers. It is named by its words, because the list of findings may have
   * changed.
   */
  z.strictObject({ type: z.literal('repair'), code: z.string(), says: z.string() }),
  z.strictObject({ type: z.literal('action'), action: z.literal(ACTIONS) }),
  z.strictObject({ type: z.literal('reveal'), line: z.int().min(1), column: z.int().min(1) }),
]);
export type FromPage = z.infer<typeof FromPage>;

const KeptShape = z.object({ kind: z.literal(['clip', 'job', 'variation']), id: z.string(), options: JobOptions });

/** What a page stored with setState; undefined = not from this extension, or from another version. */
export function keptIn(state: unknown): Kept | undefined {
  return KeptShape.safeParse(state).data;
}
