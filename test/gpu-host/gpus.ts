/** The GPUs of a host, as its stub of nvidia-smi reports them. A test changes them; the stub reads them at every call. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Gpu {
  readonly name: string;
  readonly memoryTotalMiB: number;
  /** Taken by what is not a container of this host; those add `containerMemoryMiB` while they live. */
  readonly memoryUsedMiB: number;
  /** In percent; "auto": busy while a container has the GPU, else idle. */
  readonly utilization: number | 'auto';
  readonly temperature: number;
  readonly powerWatts: number;
  readonly computeCapability: string;
}

/** A process that the stub lists, real or not. */
export interface GpuProcess {
  readonly gpu: number;
  readonly pid: number;
  readonly name: string;
  readonly memoryMiB: number;
}

export interface Failure {
  readonly exitCode: number;
  /** What nvidia-smi prints, on standard output as the real one does. */
  readonly text: string;
}

/** Exit codes by nvidia-smi's manual page, "RETURN VALUE"; 18 is NVML's NVML_ERROR_LIB_RM_VERSION_MISMATCH. */
export const NVIDIA_SMI_FAILURES = {
  driverNotLoaded: {
    exitCode: 9,
    text:
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. " +
      'Make sure that the latest NVIDIA driver is installed and running.\n\n',
  },
  versionMismatch: {
    exitCode: 18,
    text: 'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.54\n',
  },
  fellOffTheBus: {
    exitCode: 15,
    text: 'Unable to determine the device handle for GPU0000:19:00.0: GPU is lost.  Reboot the system to recover this GPU\n',
  },
} satisfies Record<string, Failure>;

export const H100: Gpu = {
  name: 'NVIDIA H100 80GB HBM3',
  memoryTotalMiB: 81_559,
  memoryUsedMiB: 0,
  utilization: 'auto',
  temperature: 31,
  powerWatts: 68.5,
  computeCapability: '9.0',
};

export class Gpus {
  private list: readonly Gpu[] = [H100, H100];

  constructor(private readonly folder: string) {
    mkdirSync(this.file('containers'), { recursive: true });
    this.set(this.list);
    this.setProcesses([]);
    this.setDriver('570.124.06', '12.8');
    this.setContainerMemory(60_000);
  }

  /** All GPUs of the host, in the order of their index; none is a host whose cards are not seen. */
  set(list: readonly Gpu[]): void {
    this.list = list;
    this.write('gpus', list.map(line).join(''));
  }

  change(index: number, change: Partial<Gpu>): void {
    this.set(this.list.map((gpu, at) => (at === index ? { ...gpu, ...change } : gpu)));
  }

  /** Processes of others; those of containers are listed by themselves. Their memory counts as used. */
  setProcesses(processes: readonly GpuProcess[]): void {
    this.write('processes', processes.map(({ gpu, pid, name, memoryMiB }) => row(gpu, pid, name, memoryMiB)).join(''));
  }

  /** `cuda` is the newest CUDA version the driver serves; an image that requires more is refused. */
  setDriver(version: string, cuda: string): void {
    this.write('driver', row(version, cuda));
  }

  /** What every container takes of each GPU it was given, for as long as it lives. */
  setContainerMemory(mebibytes: number): void {
    this.write('container-memory', `${mebibytes}\n`);
  }

  /** From now on nvidia-smi fails so, and containers get no GPU. */
  fail({ exitCode, text }: Failure): void {
    this.write('failure', `${exitCode}\n${text}`);
  }

  recover(): void {
    rmSync(this.file('failure'), { force: true });
  }

  /** UUID of a GPU as nvidia-smi prints it. */
  uuid(index: number): string {
    return uuidOf(index);
  }

  /** By rename: the stub never reads half a state. */
  private write(name: string, text: string): void {
    writeFileSync(this.file(`.${name}`), text);
    renameSync(this.file(`.${name}`), this.file(name));
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }
}

/** Columns of the file `gpus`, as the stub names them. */
function line(gpu: Gpu, index: number): string {
  const bus = `00000000:${(0x19 + index * 0x10).toString(16).toUpperCase().padStart(2, '0')}:00.0`;
  const { name, memoryTotalMiB, memoryUsedMiB, utilization, temperature, powerWatts, computeCapability } = gpu;
  const figures = [memoryTotalMiB, memoryUsedMiB, utilization, temperature, powerWatts.toFixed(2), computeCapability];
  return row(index, name, uuidOf(index), bus, ...figures);
}

function uuidOf(index: number): string {
  const digits = (length: number) => (0x5eed + index).toString(16).padStart(length, '0');
  return `GPU-${digits(8)}-0000-4000-8000-${digits(12)}`;
}

function row(...columns: (string | number)[]): string {
  return `${columns.join('\t')}\n`;
}
