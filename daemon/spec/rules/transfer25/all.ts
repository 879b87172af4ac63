/** The preflight rules of cosmos-transfer2.5, in the order in which they are listed. */
import type { Rule } from '../rule.js';

export const TRANSFER25_RULES: readonly Rule[] = [];
