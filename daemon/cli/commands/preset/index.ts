/** The verbs of `cosmos preset`, in the order in which help lists them. */
import { group } from '../../noun.js';
import { presetLs } from './ls.js';
import { presetRm } from './rm.js';
import { presetSave } from './save.js';
import { presetShow } from './show.js';

export const preset = group([presetLs, presetShow, presetSave, presetRm]);
