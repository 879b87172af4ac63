/** Every preflight rule, in the order in which `cosmos spec rules` and docs/SPEC-RULES.md list them. */
import type { Rule } from './rule.js';

export const RULES: readonly Rule[] = [];
