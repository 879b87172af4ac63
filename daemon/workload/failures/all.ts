/**
 * Every failure of NVIDIA's programs that shows in a log, an exit code or the files of a run, with what it means and
 * what to do; docs/FAILURES.md is made from it. The first entry that fits counts (diagnose.ts), so what causes others
 * stands before them: on several GPUs, one that runs out of memory makes the others complain about NCCL; a rank whose
 * disk is full leaves the others a torn file.
 *
 * Classes: user = the same spec fails again anywhere; host = another host or slot may do; transient = later may do.
 */
import { DISTRIBUTED_FAILURES } from './distributed.js';
import { HARDWARE_FAILURES } from './hardware.js';
import { HUGGING_FACE_FAILURES } from './hugging-face.js';
import { IMAGE_FAILURES } from './image.js';
import type { KnownFailure } from './known-failure.js';
import { MEDIA_FAILURES } from './media.js';
import { NETWORK_FAILURES } from './network.js';
import { NO_GPU_FAILURES } from './no-gpu.js';
import { OUTPUT_FAILURES } from './outputs.js';
import { PROCESS_FAILURES } from './process.js';
import { RESOURCE_FAILURES } from './resources.js';
import { SPEC_FAILURES } from './spec.js';
import { WEIGHTS_FAILURES } from './weights.js';

export interface FailureGroup {
  readonly title: string;
  readonly failures: readonly KnownFailure[];
}

export const FAILURE_GROUPS: readonly FailureGroup[] = [
  { title: 'The spec', failures: SPEC_FAILURES },
  { title: 'GPUs, driver and fabric', failures: HARDWARE_FAILURES },
  { title: 'Memory, disk and files of the host', failures: RESOURCE_FAILURES },
  { title: 'Hugging Face', failures: HUGGING_FACE_FAILURES },
  { title: 'The network', failures: NETWORK_FAILURES },
  { title: 'Weights', failures: WEIGHTS_FAILURES },
  { title: 'Driver version, image and checkout', failures: IMAGE_FAILURES },
  { title: 'Pictures and videos', failures: MEDIA_FAILURES },
  { title: 'No GPU', failures: NO_GPU_FAILURES },
  { title: 'Several GPUs', failures: DISTRIBUTED_FAILURES },
  { title: 'The process', failures: PROCESS_FAILURES },
  { title: 'The output', failures: OUTPUT_FAILURES },
];

export const FAILURES: readonly KnownFailure[] = FAILURE_GROUPS.flatMap(({ failures }) => failures);
