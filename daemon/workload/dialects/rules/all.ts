/** Every preflight rule, in the order in which `cosmos spec rules` and docs/SPEC-RULES.md list them. */

import { COSMOS3_RULES } from '../../cosmos3/rules/all.js';
import { TRANSFER25_RULES } from '../../transfer25/rules/all.js';
import { COMMON_RULES } from './common/all.js';
import type { Rule } from './rule.js';

export const RULES: readonly Rule[] = [...COMMON_RULES, ...TRANSFER25_RULES, ...COSMOS3_RULES];
