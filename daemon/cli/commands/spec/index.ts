/** The verbs of `cosmos spec`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { specCheck } from './check.js';
import { specCompile } from './compile.js';
import { specRules } from './rules.js';

export const spec = group([specCompile, specCheck, specRules]);
