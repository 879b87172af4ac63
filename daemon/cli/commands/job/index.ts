/** The verbs of `cosmos job`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { jobCancel } from './cancel.js';
import { jobClone } from './clone.js';
import { jobEdit } from './edit.js';
import { jobNext } from './next.js';
import { jobPriority } from './priority.js';
import { jobRelease } from './release.js';
import { jobRetry } from './retry.js';
import { jobShow } from './show.js';

export const job = group([jobShow, jobCancel, jobRetry, jobClone, jobEdit, jobNext, jobPriority, jobRelease]);
