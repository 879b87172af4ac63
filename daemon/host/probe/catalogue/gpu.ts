/** Problems of GPUs and their driver. */
import { modelTitle } from '../../../../schemas/model-title.js';
import type { Problem } from './problem.js';

export interface GpuFacts {
  gpu_missing: { found: number; wanted: number };
  gpu_busy: { holders: string[] };
  gpu_memory_small: { engine: string; gpus: string[]; least: number };
  driver_too_old: { engine: string; driver: string; least: string };
}

export const GPU_PROBLEMS: { readonly [C in keyof GpuFacts]: Problem<GpuFacts[C]> } = {
  gpu_missing: {
    state: 'failed',
    sentence: ({ found, wanted }) => `nvidia-smi lists ${found} GPUs, and ${wanted} are to be used.`,
    remedy: () => 'Set gpus and gpus_per_run of this host in cosmos.toml to what is there.',
  },
  gpu_busy: {
    state: 'warning',
    sentence: ({ holders }) => `In use now: ${holders.join('; ')}.`,
    remedy: () => 'Nothing has to be done: jobs wait until the GPUs are free, and nothing of others is stopped.',
  },
  gpu_memory_small: {
    state: 'failed',
    sentence: ({ engine, gpus, least }) =>
      `${modelTitle(engine)} needs ${least} GB on every GPU, and there are: ${gpus.join(', ')}.`,
    remedy: ({ engine }) => `Leave ${modelTitle(engine)} out on this host; more GPUs of this size do not help.`,
  },
  driver_too_old: {
    state: 'failed',
    sentence: ({ engine, driver, least }) =>
      `${modelTitle(engine)} needs NVIDIA driver ${least}, and ${driver} is installed.`,
    remedy: ({ least }) => `Install driver ${least} or later on the host, then restart it.`,
  },
};
