/** The verbs of `cosmos clip`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { clipLs } from './ls.js';
import { clipShow } from './show.js';
import { clipWithdraw } from './withdraw.js';

export const clip = group([clipLs, clipShow, clipWithdraw]);
