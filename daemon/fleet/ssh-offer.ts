/** What a host of cosmos.toml offers: each slot is a set of GPUs, and it runs the engines for which it has an image. */
import type { EngineName, HostConfig, HostEngineConfig, SlotLease } from '../../schemas/index.js';
import { modelTitle } from '../../schemas/model-title.js';
import { CosmosError } from '../errors.js';
import type { ContainerPlan } from '../host/host.js';
import { troubleOf } from '../host/probe/catalogue.js';
import type { HostLine } from '../host/shell/host-line.js';
import type { Gpu } from '../host/shell/nvidia-smi.js';
import type { FoundRun } from '../host/ssh/run-record.js';
import type { SshHost } from '../host/ssh/ssh-host.js';
import type { RemoteStore } from '../host/transfer/transfer.js';
import type { HostOffer, LeasesBySlot, OfferFacts, SlotActivity } from '../run/host-offer.js';
import type { Command, Seat } from '../workload/engine.js';
import { portOf } from '../workload/nvidia/torchrun.js';

/** Where NVIDIA's images look for the checkout, its environment and the models (docs/setup.md of both repositories). */
const WORKSPACE = '/workspace';
const VENV = '/workspace/.venv';
const HF_HOME = '/root/.cache/huggingface';

/** Percent of load that an idle GPU may show for a moment. */
const IDLE_PERCENT = 5;

export class SshOffer implements HostOffer {
  readonly engines: readonly EngineName[];
  readonly slots: number;
  readonly pricePerHour: number;
  private readonly gpus: number;

  constructor(
    readonly host: SshHost,
    private readonly line: Pick<HostLine, 'state'>,
    private readonly config: HostConfig,
    private readonly store: Pick<RemoteStore, 'prune'>,
  ) {
    const { engine, gpus, gpus_per_run, price_per_hour } = config;
    this.gpus = gpus ?? gpus_per_run;
    this.slots = Math.floor(this.gpus / gpus_per_run);
    this.pricePerHour = price_per_hour;
    this.engines = names(engine).filter((name) => engine[name]?.image !== undefined);
  }

  seat(slot: number, run: string): Seat {
    return { gpus: this.gpusOf(slot), masterPort: portOf(run) };
  }

  /** @throws CosmosError config_invalid when the image of the engine was removed from cosmos.toml. */
  container(engine: EngineName, { workdir, gpus = [] }: Command): ContainerPlan {
    const config = this.config.engine[engine];
    const image = config?.image;
    if (config === undefined || image === undefined) {
      throw new CosmosError(
        'config_invalid',
        `The host ${this.host.id} has no image for ${modelTitle(engine)} in cosmos.toml.`,
      );
    }
    return {
      ...{ image, entrypoint: 'image', workdir: workdir ?? null, gpus },
      ...{ mounts: mountsOf(config), volumes: volumesOf(config), ipc: config.ipc, envFile: config.env_file ?? null },
    };
  }

  async reserve(slot: number, run: string): Promise<void> {
    const wanted = this.gpusOf(slot);
    const answer = await this.host.acquire(wanted, run);
    if (answer.kind === 'busy') {
      const holders = answer.holders.map(({ gpu, owner }) => `GPU ${gpu}: ${owner}`);
      throw busy(this.host.id, holders);
    }
    const used = await this.inUse(wanted);
    if (used.length === 0) return;
    await this.host.release(run);
    throw busy(this.host.id, used);
  }

  release(run: string): Promise<void> {
    return this.host.release(run);
  }

  async look(slot: number): Promise<SlotActivity> {
    const wanted = this.gpusOf(slot);
    const gpus = (await this.host.gpus()).filter(({ index }) => wanted.includes(index));
    return {
      isWorking: gpus.some(({ utilization }) => utilization === null || utilization > IDLE_PERCENT),
      text: gpus.map(describe).join('\n'),
    };
  }

  /** Removes the folder of the run, and then the longest unused contents above the limit `keep_gb`. */
  async cleanUp(run: string): Promise<void> {
    await this.host.remove(run);
    await this.store.prune(this.config.keep_gb * 1e9);
  }

  /** When several GPUs of a slot are held, the first holder counts: a run of ours needs them all. */
  async leases(): Promise<LeasesBySlot> {
    const live = (await this.host.leases()).filter((lease) => lease.live);
    const held = new Map<number, SlotLease>();
    for (const { gpu, owner, run, since } of live) {
      const slot = Math.floor(gpu / this.config.gpus_per_run);
      if (slot < this.slots && !held.has(slot)) held.set(slot, { owner, run, since });
    }
    return held;
  }

  get owner(): string {
    return this.host.owner;
  }

  records(): Promise<FoundRun[]> {
    return this.host.records();
  }

  facts(): OfferFacts {
    const { state, reason, lastSeen, problem } = this.line.state;
    // Before the first connection the host counts as online, so that it gets jobs.
    const known = state === 'unknown' ? 'online' : state;
    const trouble = problem === null ? null : troubleOf(problem, this.config.ssh);
    return { state: known, reason, problem: trouble, lastSeen, gpu: this.config.gpu ?? null, gpus: this.gpus };
  }

  private gpusOf(slot: number): number[] {
    const { gpus_per_run: each } = this.config;
    return Array.from({ length: each }, (_, index) => slot * each + index);
  }

  /** GPUs of the slot on which a process runs that has no lease. */
  private async inUse(wanted: readonly number[]): Promise<string[]> {
    const found = (await this.host.gpus()).filter(
      ({ index, processes }) => wanted.includes(index) && processes.length > 0,
    );
    return found.map(({ index, processes }) => `GPU ${index}: ${processes.map(({ name }) => name).join(', ')}`);
  }
}

function names(engine: HostConfig['engine']): EngineName[] {
  return Object.keys(engine) as EngineName[]; // the keys of a record parsed with EngineName
}

function mountsOf({ checkout, hf_cache }: HostEngineConfig): ContainerPlan['mounts'] {
  return [
    ...(checkout === undefined ? [] : [{ source: checkout, target: WORKSPACE, readonly: false }]),
    ...(hf_cache === undefined ? [] : [{ source: hf_cache, target: HF_HOME, readonly: false }]),
  ];
}

function volumesOf({ venv_volume }: HostEngineConfig): ContainerPlan['volumes'] {
  return venv_volume === undefined ? [] : [{ name: venv_volume, target: VENV }];
}

function busy(host: string, holders: readonly string[]): CosmosError {
  const who = holders.length === 0 ? '' : ` (${holders.join('; ')})`;
  return new CosmosError('gpu_busy', `The GPUs on ${host} are in use${who}.`, { host, holders: [...holders] });
}

function describe({ index, name, utilization, usedMemory, totalMemory, processes }: Gpu): string {
  const busy = utilization === null ? 'load unknown' : `${utilization} % busy`;
  const who = processes.map((process) => `${process.name} (${process.pid})`).join(', ');
  return `GPU ${index} (${name}): ${busy}, ${usedMemory} of ${totalMemory} MiB in use, ${who === '' ? 'no process' : who}`;
}
