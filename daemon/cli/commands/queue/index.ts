/** The verbs of `cosmos queue`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { queueLs } from './ls.js';
import { queuePause } from './pause.js';
import { queueResume } from './resume.js';

export const queue = group([queueLs, queuePause, queueResume]);
