/** The preflight rules of cosmos-transfer2.5, in the order in which they are listed. */
import type { Rule } from '../../dialects/rules/rule.js';
import { chunkCount, chunkSize, chunksUnconnected, controlEndsEarly, singleFrameChunk } from './chunks.js';
import { segAlone, segAndVis, visRepeatsInput } from './combinations.js';
import { segMayFindNothing, wholeVideoComputed } from './computed.js';
import { distilledBroken, distilledLimits } from './distilled.js';
import { gpuCount } from './gpus.js';
import { guidedLabels, guidedMaskFormat, guidedSteps, guidedUnused } from './guided.js';
import { mixedHints, multiControlModel } from './hint-sets.js';
import { maskedVis, maskIsBinary, maskPromptIgnored, maskPromptMayMiss } from './masks.js';
import { controlPromptIgnored, deadSigma, negativeUnused, presetIgnored } from './no-effect.js';
import { knownResolution, untrainedResolution } from './resolution.js';
import { styleFrameMissing, styleImageIgnored, styleTwice } from './style.js';
import { blankPrompt, emptyText, facesPixelated } from './text.js';
import { unknownKey } from './unknown-keys.js';
import { uncontrolled, weightSum, weightsScaled } from './weights.js';

export const TRANSFER25_RULES: readonly Rule[] = [
  unknownKey,
  ...[chunkSize, singleFrameChunk, chunkCount, chunksUnconnected, controlEndsEarly],
  ...[knownResolution, untrainedResolution],
  ...[weightSum, weightsScaled, uncontrolled],
  ...[mixedHints, multiControlModel],
  ...[segAlone, segAndVis, visRepeatsInput],
  ...[maskPromptIgnored, maskIsBinary, maskPromptMayMiss, maskedVis],
  ...[emptyText, blankPrompt, facesPixelated],
  ...[guidedMaskFormat, guidedLabels, guidedSteps, guidedUnused],
  ...[styleImageIgnored, styleFrameMissing, styleTwice],
  ...[segMayFindNothing, wholeVideoComputed],
  ...[deadSigma, presetIgnored, controlPromptIgnored, negativeUnused],
  ...[gpuCount, distilledBroken, distilledLimits],
];
