/** The preflight rules of Cosmos 3, in the order in which they are listed. */
import type { Rule } from '../rule.js';

export const COSMOS3_RULES: readonly Rule[] = [];
