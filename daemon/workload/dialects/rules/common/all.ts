/** The preflight rules of both engines, in the order in which they are listed. */
import type { Rule } from '../rule.js';
import { aspectStretched, oddSize } from './aspect.js';
import { damagedText, promptFileDamaged } from './damaged-text.js';
import { duplicateKey } from './duplicate-keys.js';
import { absolutePath, mediaUnreadable, outsideRoot } from './files.js';
import { fpsDiffers, fpsFloored, fpsRounded } from './frame-rates.js';
import { framesDiffer } from './frames-differ.js';
import { framesCapped } from './most-frames.js';
import { nameClash, nameTwice } from './name-clashes.js';
import { reservedName, safeName } from './names.js';
import { pictureForVideo } from './pictures.js';
import { promptBoth } from './prompts.js';
import { sizeDiffers } from './size-differs.js';
import { mediaSuffix } from './suffixes.js';
import { textForNumber } from './text-for-number.js';
import { zeroWeight } from './zero-weights.js';

export const COMMON_RULES: readonly Rule[] = [
  duplicateKey,
  textForNumber,
  damagedText,
  safeName,
  reservedName,
  nameTwice,
  nameClash,
  promptBoth,
  promptFileDamaged,
  outsideRoot,
  absolutePath,
  mediaSuffix,
  mediaUnreadable,
  pictureForVideo,
  framesDiffer,
  framesCapped,
  sizeDiffers,
  aspectStretched,
  oddSize,
  fpsDiffers,
  fpsFloored,
  fpsRounded,
  zeroWeight,
];
