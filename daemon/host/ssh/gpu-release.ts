/** Waiting until the GPUs of an ended run are free: the driver gives memory back a moment after the last process. */
import type { Clock } from '../../clock.js';
import { CosmosError } from '../../errors.js';
import { type Gpu, isIdle, readGpus } from '../shell/nvidia-smi.js';
import type { Remote } from '../shell/remote.js';

/** Milliseconds between two checks: freed memory sends no event. */
const LOOK_MS = 500;

export interface GpuWait {
  readonly gpus: readonly number[];
  /** MiB that an idle GPU may have in use: driver and display. */
  readonly floor: number;
  readonly limitMs: number;
}

/**
 * Resolves when the GPUs are idle, or when what is left on them are processes, which then are not of the ended run.
 * @throws CosmosError gpu_memory_held when memory stays in use although no process is on the GPU.
 */
export async function gpusFree(remote: Remote, clock: Clock, { gpus, floor, limitMs }: GpuWait): Promise<void> {
  const limit = clock.monotonic() + limitMs;
  for (;;) {
    const busy = (await readGpus(remote)).filter((gpu) => gpus.includes(gpu.index) && !isIdle(gpu, floor));
    if (busy.length === 0) return;
    if (clock.monotonic() >= limit) return judge(busy);
    await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve));
  }
}

function judge(busy: readonly Gpu[]): void {
  const held = busy.find(({ processes }) => processes.length === 0);
  if (held === undefined) return;
  throw new CosmosError(
    'gpu_memory_held',
    `GPU ${held.index} still has ${held.usedMemory} MiB in use although the run is gone and no process is on it; ` +
      'see nvidia-smi on the host, and reset the GPU or restart the host when it stays.',
    { gpu: held.index, usedMemory: held.usedMemory },
  );
}
