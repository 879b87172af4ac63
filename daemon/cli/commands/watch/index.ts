/** The verbs of `cosmos watch`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { watchAdd } from './add.js';
import { watchAutoSend } from './auto-send.js';
import { watchLs } from './ls.js';
import { watchRm } from './rm.js';

export const watch = group([watchLs, watchAdd, watchRm, watchAutoSend]);
