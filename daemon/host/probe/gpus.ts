/** The GPUs that may be used: driver, number, memory, and who is on them now. */
import type { HostCheck } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { type Gpu, readGpus } from '../shell/nvidia-smi.js';
import { errorFound, fine, problem, skipped } from './catalogue.js';
import type { EngineNeeds, ProbeContext } from './context.js';

export async function checkGpus(context: ProbeContext): Promise<HostCheck[]> {
  const { remote, config, needs } = context;
  try {
    const found = await readGpus(remote);
    const wanted = config.gpus ?? config.gpus_per_run;
    const used = found.slice(0, wanted);
    const [first] = found;
    const missing = { found: found.length, wanted };
    const driver = first === undefined ? [] : driverFindings(first.driver, needs);
    if (used.length < wanted) return [...driver, problem({ check: 'GPUs' }, 'gpu_missing', missing)];
    return [...driver, ...memoryFindings(used, needs), useFinding(used)];
  } catch (error) {
    if (!(error instanceof CosmosError) || error.code !== 'gpu_query_failed') throw error;
    const rest = (['GPUs', 'GPU use'] as const).map((check) => skipped({ check }, 'Not looked at without nvidia-smi.'));
    return [errorFound({ check: 'driver' }, error, config.ssh), ...rest];
  }
}

function driverFindings(driver: string, needs: readonly EngineNeeds[]): HostCheck[] {
  const old = needs.flatMap(({ engine, driver: least }) => {
    return least === null || !isOlder(driver, least) ? [] : [{ engine, least }];
  });
  if (old.length === 0) return [fine({ check: 'driver' }, `NVIDIA driver ${driver}.`, { driver })];
  return old.map(({ engine, least }) =>
    problem({ check: 'driver', engine }, 'driver_too_old', { engine, driver, least }),
  );
}

/** "550.90.07" before "570.124.06": part by part, as numbers. */
export function isOlder(version: string, least: string): boolean {
  const [parts, wanted] = [version, least].map((text) => text.split('.').map(Number));
  for (const [at, number] of (wanted ?? []).entries()) {
    const part = parts?.[at] ?? 0;
    if (part !== number) return part < number;
  }
  return false;
}

function memoryFindings(gpus: readonly Gpu[], needs: readonly EngineNeeds[]): HostCheck[] {
  const list = gpus.map(({ index, name, totalMemory }) => `${index}: ${name}, ${gigabytes(totalMemory).toFixed(1)} GB`);
  const small = needs.flatMap(({ engine, memoryGb }) => {
    return memoryGb === null || gpus.every((gpu) => gigabytes(gpu.totalMemory) >= memoryGb)
      ? []
      : [{ engine, least: memoryGb, gpus: list }];
  });
  if (small.length === 0) return [fine({ check: 'GPUs' }, `${list.join('; ')}.`, { gpus: list })];
  return small.map((facts) => problem({ check: 'GPUs', engine: facts.engine }, 'gpu_memory_small', facts));
}

/** nvidia-smi counts in MiB, NVIDIA's requirements in GB. */
function gigabytes(mebibytes: number): number {
  return (mebibytes * 2 ** 20) / 10 ** 9;
}

function useFinding(gpus: readonly Gpu[]): HostCheck {
  const holders = gpus.flatMap(({ index, processes }) => {
    return processes.map(({ name, pid, usedMemory }) => {
      return `GPU ${index} by ${name} (process ${pid}, ${usedMemory === null ? 'memory unknown' : `${usedMemory} MiB`})`;
    });
  });
  if (holders.length > 0) return problem({ check: 'GPU use' }, 'gpu_busy', { holders });
  const free = gpus.map(({ index, totalMemory, usedMemory }) => {
    return `GPU ${index}: ${gigabytes(totalMemory - usedMemory).toFixed(1)} GB`;
  });
  return fine({ check: 'GPU use' }, `No process computes on them. Free memory: ${free.join(', ')}.`, { free });
}
