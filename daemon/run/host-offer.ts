/** A host and what it offers to runs. Each kind of host implements the optional parts that it can. */
import type { EngineName, HostTrouble, SlotLease } from '../../schemas/index.js';
import type { ContainerPlan, Host } from '../host/host.js';
import type { FoundRun } from '../host/ssh/run-record.js';
import type { Command, Seat } from '../workload/engine.js';

export interface HostOffer {
  readonly host: Host;
  readonly engines: readonly EngineName[];
  /** Number of runs that the host takes at the same time. */
  readonly slots: number;
  /** Dollars. */
  readonly pricePerHour: number;
  /** The GPUs that the slot gives to a run. Left out: the host has no GPUs to give. */
  seat?(slot: number, run: string): Seat;
  /** The container in which the command of an engine runs. Left out: the command runs as a plain process. */
  container?(engine: EngineName, command: Command): ContainerPlan;
  /** Locks the GPUs of the slot against everyone who shares the host. @throws CosmosError gpu_busy */
  reserve?(slot: number, run: string): Promise<void>;
  /** Unlocks the GPUs of the run. Does nothing when the run holds none. */
  release?(run: string): Promise<void>;
  /** What the GPUs of the slot do now. Left out: the host cannot measure it. */
  look?(slot: number): Promise<SlotActivity>;
  /** The holders of the slots, read on the host itself. Left out: only this daemon uses the host. */
  leases?(): Promise<LeasesBySlot>;
  /** All run folders on the host, also those of other owners. Left out: the host has only runs of this daemon. */
  records?(): Promise<FoundRun[]>;
  /** The owner that this daemon writes into the records of its runs. */
  readonly owner?: string;
  /** Removes the container and the folder of a finished run. Left out: both are kept. */
  cleanUp?(run: string): Promise<void>;
  /** What clients see of the host. Left out: the host is this machine, which is always online. */
  facts?(): OfferFacts;
}

/** What the GPUs of a slot do at one moment. */
export interface SlotActivity {
  readonly isWorking: boolean;
  /** For people: one line for each GPU. */
  readonly text: string;
}

/** The holder of each slot, by slot number; a slot without an entry is free. */
export type LeasesBySlot = ReadonlyMap<number, SlotLease>;

/** A host as the daemon last saw it. */
export interface OfferFacts {
  readonly state: 'online' | 'unreachable';
  readonly reason: string;
  /** Why the host cannot be reached; null = it can, or the reason is not known. */
  readonly problem: HostTrouble | null;
  /** GPU model by its name in the tables for estimates. */
  readonly gpu: string | null;
  readonly gpus: number;
  /** Milliseconds since 1970. */
  readonly lastSeen: number | null;
}

/** All hosts that can take runs now. */
export interface HostOffers {
  get(host: string): HostOffer | undefined;
  list(): readonly HostOffer[];
  /** The sentence that says why the host takes no new jobs; undefined = it takes them. Left out: every host does. */
  draining?(host: string): string | undefined;
}
