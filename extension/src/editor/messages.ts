/** What the page and the extension tell each other. The page is the less trusted side: what it says is parsed. */
import * as z from 'zod';
import { EngineName } from '../../../schemas/index.js';
import type { PageState, Pictures } from './form.js';

export type ToPage =
  | { readonly type: 'state'; readonly state: PageState }
  | { readonly type: 'pictures'; readonly pictures: Pictures };

const FormEdit = z.discriminatedUnion('field', [
  z.strictObject({ field: z.literal(['prompt', 'negative_prompt']), value: z.string() }),
  z.strictObject({ field: z.literal(['seed', 'num_steps', 'control_guidance']), value: z.number().nullable() }),
  z.strictObject({ field: z.literal('model'), value: EngineName }),
  z.strictObject({ field: z.literal('weight'), block: z.string(), value: z.number().min(0) }),
  z.strictObject({ field: z.literal('switch'), block: z.string(), on: z.boolean() }),
]);

export const FromPage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('edit'), edit: FormEdit }),
  z.strictObject({
    type: z.literal('action'),
    action: z.literal(['openText', 'variation', 'apply', 'discard', 'undo', 'redo']),
  }),
  z.strictObject({ type: z.literal('reveal'), line: z.int().min(1), column: z.int().min(1) }),
]);
export type FromPage = z.infer<typeof FromPage>;
