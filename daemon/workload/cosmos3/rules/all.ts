/** The preflight rules of Cosmos 3, in the order in which they are listed. */
import type { Rule } from '../../dialects/rules/rule.js';
import { CHUNK_COST_RULES } from './chunk-cost.js';
import { CHUNK_RULES } from './chunks.js';
import { CONTROL_RULES } from './controls.js';
import { GPU_RULES } from './gpus.js';
import { GUIDANCE_RULES } from './guidance.js';
import { JOB_KIND_RULES } from './job-kind.js';
import { LENGTH_RULES } from './length.js';
import { ONE_FRAME_RULES } from './one-frame.js';
import { PICTURE_RULES } from './picture.js';
import { PROMPT_RULES } from './prompt.js';
import { RATE_RULES } from './rate.js';
import { RESOLUTION_RULES } from './resolution.js';
import { RUN_VALUE_RULES } from './run-values.js';
import { SIM_TRANSFER_RULES } from './sim-transfer.js';
import { UNUSED_FIELD_RULES } from './unused-fields.js';
import { URL_RULES } from './urls.js';
import { WEIGHT_RULES } from './weights.js';

export const COSMOS3_RULES: readonly Rule[] = [
  ...CONTROL_RULES,
  ...WEIGHT_RULES,
  ...GUIDANCE_RULES,
  ...RUN_VALUE_RULES,
  ...PROMPT_RULES,
  ...JOB_KIND_RULES,
  ...LENGTH_RULES,
  ...ONE_FRAME_RULES,
  ...CHUNK_RULES,
  ...CHUNK_COST_RULES,
  ...RATE_RULES,
  ...PICTURE_RULES,
  ...RESOLUTION_RULES,
  ...URL_RULES,
  ...GPU_RULES,
  ...SIM_TRANSFER_RULES,
  ...UNUSED_FIELD_RULES,
];
