/** The preflight rules of both engines, in the order in which they are listed. */
import type { Rule } from '../rule.js';

export const COMMON_RULES: readonly Rule[] = [];
