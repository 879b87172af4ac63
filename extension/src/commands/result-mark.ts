/** Stores what a person thinks of a result. */
import type { ResultMark } from '../../../schemas/index.js';
import { resultsOf } from './arguments.js';
import type { Handler } from './register.js';

/** The user's judgement of a result; null removes it. */
export function resultMark(mark: ResultMark | null): Handler {
  return async ({ link, store }, ...args) => {
    for (const { job } of resultsOf(store, args)) await link.call('result.mark', { job, mark });
  };
}
