/** The GPUs of a host, as its nvidia-smi reports them. */
import { CosmosError } from '../../errors.js';
import type { Remote } from './remote.js';

export interface Gpu {
  /** As nvidia-smi counts them, and as `--gpus device=` takes them. */
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  readonly driver: string;
  /** MiB. */
  readonly totalMemory: number;
  readonly usedMemory: number;
  /** Percent, of the last sample; null where the GPU does not report it (MIG, vGPU). */
  readonly utilization: number | null;
  /** Processes of all users that compute on it now. */
  readonly processes: readonly GpuProcess[];
}

export interface GpuProcess {
  readonly pid: number;
  readonly name: string;
  /** MiB; null where nvidia-smi cannot read it, for example inside another container. */
  readonly usedMemory: number | null;
}

/** A name may hold a comma, a number cannot: fields before it are counted from the left, those after it from the right. */
const GPU_FIELDS = 'index,uuid,memory.total,memory.used,utilization.gpu,driver_version,name';
const PROCESS_FIELDS = 'gpu_uuid,pid,used_memory,process_name';

const QUERY = `
nvidia-smi --query-gpu=${GPU_FIELDS} --format=csv,noheader,nounits || exit
echo
nvidia-smi --query-compute-apps=${PROCESS_FIELDS} --format=csv,noheader,nounits
`;

/** Most characters of a name from nvidia-smi: of a GPU, a driver, a process (a path). */
const NAME = 200;
/** Most GPUs and most processes of a host that are read. */
const MOST_ROWS = 1000;

/** @throws CosmosError gpu_query_failed when there is no nvidia-smi, or it fails. */
export async function readGpus(remote: Remote): Promise<Gpu[]> {
  const { exitCode, stdout, stderr } = await remote.run(QUERY);
  const text = stdout.toString();
  if (exitCode !== 0) throw queryFailed(exitCode, `${text}\n${stderr}`);
  return parseGpus(text);
}

/** The two answers of QUERY, a blank line between them. @throws CosmosError gpu_query_failed for anything else. */
export function parseGpus(text: string): Gpu[] {
  const cut = text.indexOf('\n\n');
  if (cut === -1) throw queryFailed(0, text);
  const processes = rows(text.slice(cut)).map(parseProcess);
  return rows(text.slice(0, cut)).map((row) => {
    const gpu = parseGpu(row);
    const own = processes.filter(({ uuid }) => uuid === gpu.uuid);
    return { ...gpu, processes: own.map(({ uuid, ...process }) => process) };
  });
}

function parseGpu(row: string): Omit<Gpu, 'processes'> {
  const [index, uuid, total, used, utilization, driver, ...name] = row.split(', ');
  const numbers = { index: numberOf(index), totalMemory: numberOf(total), usedMemory: numberOf(used) };
  if (numbers.index === null || numbers.totalMemory === null || numbers.usedMemory === null || !uuid || !driver) {
    throw queryFailed(0, row);
  }
  const { index: number, totalMemory, usedMemory } = numbers;
  return {
    index: number,
    uuid: uuid.slice(0, NAME),
    name: name.join(', ').slice(0, NAME),
    driver: driver.slice(0, NAME),
    totalMemory,
    usedMemory,
    utilization: numberOf(utilization),
  };
}

function parseProcess(row: string): GpuProcess & { readonly uuid: string } {
  const [uuid = '', pid, used, ...name] = row.split(', ');
  const id = numberOf(pid);
  if (id === null) throw queryFailed(0, row);
  return { uuid: uuid.slice(0, NAME), pid: id, usedMemory: numberOf(used), name: name.join(', ').slice(0, NAME) };
}

function rows(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_ROWS);
}

/** "[N/A]", "[Not Supported]" and "[Insufficient Permissions]" stand where there is no number. */
function numberOf(field: string | undefined): number | null {
  return field !== undefined && /^\d{1,12}(\.\d{1,6})?$/.test(field.trim()) ? Number(field) : null;
}

function queryFailed(exitCode: number, said: string): CosmosError {
  const words = (said.trim().split('\n')[0] ?? '').slice(0, NAME);
  const sentence = /not found|No such file/.test(words)
    ? 'There is no nvidia-smi on the host; install the NVIDIA driver, or put it on the PATH of the SSH user.'
    : `nvidia-smi on the host gave no usable answer: ${words}`;
  return new CosmosError('gpu_query_failed', sentence, { exitCode, said: said.trim().slice(0, 10 * NAME) });
}

/** Whether a run may use this GPU: no process computes on it, and at most `floor` MiB are in use. */
export function isIdle(gpu: Gpu, floor: number): boolean {
  return gpu.processes.length === 0 && gpu.usedMemory <= floor;
}
