/** The verbs of `cosmos result`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { resultLs } from './ls.js';
import { resultMark } from './mark.js';
import { resultOpen } from './open.js';

export const result = group([resultLs, resultOpen, resultMark]);
