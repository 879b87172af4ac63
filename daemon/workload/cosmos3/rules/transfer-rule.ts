/**
 * Makes rules that hold for transfers only; for a spec without controls, which is another kind of job, only
 * `no_control` speaks.
 */
import { hintsOf } from '../../../../schemas/spec/cosmos3-build.js';
import {
  type Cosmos3Sample,
  type Cost,
  cosmos3Rule,
  type Finding,
  isGiven,
  type Rule,
  type RuleInfo,
} from '../../dialects/rules/rule.js';

/** A rule of Cosmos 3 that is silent where there is no control. */
export function transferRule(rule: RuleInfo & { check: (sample: Cosmos3Sample) => Finding[] }): Rule {
  return cosmos3Rule({ ...rule, check: (sample) => (hintsOf(sample.spec).length === 0 ? [] : rule.check(sample)) });
}

/**
 * The transfer itself is called outside of any try (inference/inference.py:1849): not even --keep-going
 * catches what it throws.
 */
export const ENDS_THE_RUN: Cost = {
  kind: 'late failure',
  text: 'Shows after the model is loaded and ends the whole run: samples behind this one are not made either.',
};

/** Do the built-in defaults hold for this field? Not where a defaults_file may say something else. */
export function isBuiltIn(sample: Cosmos3Sample, field: string): boolean {
  return !isGiven(sample, field) && !isGiven(sample, 'defaults_file');
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** "edge, blur and depth" */
export function inWords(words: readonly string[]): string {
  return LIST.format(words);
}
