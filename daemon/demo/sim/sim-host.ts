/** Starts the simulated host of a demo, makes it known to the daemon, observes it from outside, and takes it down. */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { type EngineName, Media } from '../../../schemas/index.js';
import type { HostCheck, Result } from '../../../schemas/received.js';
import { count } from '../../cli/output/amounts.js';
import type { Clock } from '../../clock.js';
import { CosmosError } from '../../errors.js';
import type { Bridge } from '../bridge.js';
import type { Stage } from '../stage.js';
import type { Venue } from '../venue.js';
import type { HostAccess } from './access.js';
import { findCheckout, installPackages } from './checkout.js';
import { HostProgram } from './host-program.js';
import { Stages } from './run-stages.js';
import type { HostFacts, Sighting } from './sim-facts.js';
import { toldIn } from './sim-log.js';
import { writeSshHome } from './ssh-home.js';
import { Witness } from './witness.js';

/** Name of the host in cosmos.toml, and its alias for ssh. */
const NAME = 'sim';

const Provenance = z.object({
  inputs: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.int() })),
  video: z.object({ expected: Media }),
});

interface Ended {
  readonly result: Result;
  readonly run: string;
  readonly log: string;
  /** Gives up waiting. */
  readonly signal: AbortSignal;
}

interface Up {
  readonly access: HostAccess;
  readonly witness: Witness;
  readonly docker: string;
}

export class SimHost {
  readonly stages: Stages;
  private program: HostProgram | undefined;
  private up: Up | undefined;
  private orphaned: Sighting | undefined;
  private adopted: Sighting | undefined;

  constructor(
    readonly engine: Exclude<EngineName, 'preview'>,
    private readonly stage: Stage,
    private readonly clock: Clock,
  ) {
    this.stages = new Stages(stage);
  }

  /**
   * Brings it up, and makes it known in the home folder `home`.
   * @throws CosmosError no_host when it cannot be had here; the reason of `signal` when the person stops it.
   */
  async open(home: string, signal: AbortSignal): Promise<Venue> {
    const { program, setup } = findCheckout();
    await installPackages(setup, (line) => this.stage.tell('waits', line), signal);
    this.stage.tell('moves', 'a GPU host is brought up: real OpenSSH, real Docker, simulated GPUs and model');
    this.program = new HostProgram(program, this.clock);
    const access = await Promise.race([this.program.access(), rejectedBy(signal)]);
    const witness = new Witness(writeSshHome(home, NAME, access), NAME);
    const [docker, gpus] = await Promise.all([witness.dockerVersion(), witness.gpus()]);
    this.up = { access, witness, docker };
    const { user, address, port, image, root } = access;
    const cards = `${gpus.length} simulated ${gpus[0]?.name ?? 'GPUs'}`;
    this.stage.tell('good', `host ${NAME}: ssh ${user}@${address}:${port}, Docker ${docker}, ${cards}, image ${image}`);
    return { engine: this.engine, host: { name: NAME, root, toml: hostToml(this.engine, access) } };
  }

  /** "cosmos host test" of the daemon. @throws CosmosError no_host with the first failure. */
  async test(bridge: Pick<Bridge, 'call'>): Promise<void> {
    const { probe } = await bridge.call('host.probe', { host: NAME });
    const of = (wanted: HostCheck['state']) => probe.checks.filter(({ state }) => state === wanted);
    const [failed] = of('failed');
    if (failed !== undefined) throw new CosmosError('no_host', `The test of host ${NAME} failed: ${failed.message}`);
    const fine = of('ok').map(({ check }) => check);
    this.stage.tell(
      'good',
      `host test ${NAME}: ${count(fine.length, 'check')} fine, from ${fine[0]} to ${fine.at(-1)}`,
    );
    for (const { message } of of('warning')) this.stage.tell('waits', `host test ${NAME}: ${message}`);
  }

  /** While no daemon lives. */
  async lookAtOrphan(): Promise<void> {
    this.orphaned = await this.look('with no daemon alive');
  }

  /** While the next daemon follows the run. */
  async lookAtAdopted(): Promise<void> {
    this.adopted = await this.look('with the next daemon');
  }

  async gather({ result, run, log, signal }: Ended): Promise<HostFacts> {
    const { orphaned, adopted } = this;
    const { access, witness, docker } = this.isUp();
    if (orphaned === undefined || adopted === undefined)
      throw new CosmosError('internal', 'The run was not looked at.');
    await witness.removed(`cosmos-${run}`, signal);
    const after = await this.look('after the job');
    const { inputs, video } = Provenance.parse(JSON.parse(readFileSync(result.provenance, 'utf8')));
    const { user, address, port, hostKey, image } = access;
    return {
      ...{ name: NAME, engine: this.engine, login: `${user}@${address}:${port}`, hostKey, docker, image },
      ...{ orphaned, adopted, after, starts: await witness.starts() },
      ...{ inputs, told: toldIn(log), expected: video.expected },
      ...{ stages: this.stages.all, monotone: this.stages.isMonotone },
    };
  }

  /** Takes it down; true = nothing of it is left. Harmless when it never was there. */
  async close(): Promise<boolean> {
    const inOrder = (await this.program?.close()) ?? true;
    return inOrder && (this.up === undefined || !existsSync(this.up.access.root));
  }

  private async look(when: string): Promise<Sighting> {
    const seen = await this.isUp().witness.look();
    const containers = seen.containers.map(({ id, status }) => `container ${id.slice(0, 12)} is ${lower(status)}`);
    const gpus = seen.gpus.map(({ index, usedMiB }) => `GPU ${index} ${gib(usedMiB)}`);
    this.stage.tell(
      'good',
      `ssh ${when}: ${containers.join(', ') || 'there is no container'}; in use: ${gpus.join(', ')}`,
    );
    return seen;
  }

  private isUp(): Up {
    if (this.up !== undefined) return this.up;
    throw new CosmosError('internal', 'The simulated host is not up.');
  }
}

/** JSON strings are valid TOML strings. */
function hostToml(engine: EngineName, { root, image, checkout, hfCache, envFile }: HostAccess): string {
  return `
[[host]]
name = "${NAME}"
ssh = "${NAME}"
root = ${JSON.stringify(root)}
gpus = 2
gpu = "H100 PCIe"
ownership = "mine"

[host.engine."${engine}"]
image = ${JSON.stringify(image)}
checkout = ${JSON.stringify(checkout)}
hf_cache = ${JSON.stringify(hfCache)}
env_file = ${JSON.stringify(envFile)}
`;
}

function lower(status: string): string {
  return status.charAt(0).toLowerCase() + status.slice(1);
}

/** MiB as "58.6 GiB". */
export function gib(mebibytes: number): string {
  return mebibytes === 0 ? 'nothing' : `${(mebibytes / 1024).toFixed(1)} GiB`;
}

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}
