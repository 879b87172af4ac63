/** Translates one sample from one engine to the other, and lists everything that is different afterwards. Pure. */
import type { Dialect } from '../../../../schemas/index.js';
import { toCosmos3 } from '../../cosmos3/translate.js';
import { toTransfer25 } from '../../transfer25/translate.js';
import type { Json } from '../repair.js';
import type { Sample } from '../rules/rule.js';
import { Draft, type Loss } from './spec-draft.js';

export interface TranslationContext {
  /** A path as the source writes it -> as the result must, when the two lie in different folders. */
  readonly pathOf?: (named: string) => string;
}

export interface Translation {
  readonly spec: { readonly [key: string]: Json };
  readonly losses: readonly Loss[];
}

/**
 * Every value that is written in the sample stands in the result or is named by a loss; so is every value of the
 * result that the sample does not have. What is known of the media comes with the sample's facts.
 * @param sample one that NVIDIA's reader accepts, of the other dialect.
 */
export function translateSpec(sample: Sample, to: Dialect, { pathOf }: TranslationContext = {}): Translation {
  if (sample.dialect === to) throw new Error(`the sample is written for ${to} already`);
  const draft = new Draft(pathOf);
  if (sample.dialect === 'transfer2.5') toCosmos3(sample, draft);
  else toTransfer25(sample, draft);
  return { spec: draft.spec(), losses: draft.losses };
}
