/**
 * Every failure of NVIDIA's programs that shows in a log or an exit code, with what it means and what to do. Numbers
 * with # are threads of nvidia-cosmos/cosmos-transfer2.5; t25 and cf are the files of cosmos-transfer2.5 and
 * cosmos-framework. The first entry that fits counts: what causes others stands before them (on several GPUs, one
 * that runs out of memory makes the others complain about NCCL).
 *
 * Classes: user = the same spec fails again anywhere; host = another host or slot may do; transient = later may do.
 */
import { IMAGE_FAILURES } from './failures/image.js';
import type { KnownFailure } from './failures/known-failure.js';
import { PROCESS_FAILURES } from './failures/process.js';
import { RESOURCE_FAILURES } from './failures/resources.js';
import { SPEC_FAILURES } from './failures/spec.js';

export const FAILURES: readonly KnownFailure[] = [
  ...SPEC_FAILURES,
  ...RESOURCE_FAILURES,
  ...IMAGE_FAILURES,
  ...PROCESS_FAILURES,
];
