/** Observes the host from outside, by OpenSSH's own client, independently of the daemon. */
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { CosmosError, coerceError } from '../../errors.js';
import { runProcess, streamProcess } from '../../process.js';
import type { Container, Gpu, Sighting } from './sim-facts.js';

/** Milliseconds of one look. */
const LOOK_MS = 20_000;

// Constant: the login shell of the host reads them.
const CONTAINERS = `docker ps --all --no-trunc --format '{{json .}}'`;
const GPUS = 'nvidia-smi --query-gpu=index,name,memory.used --format=csv,noheader,nounits';
const STARTS = `docker events --since 24h --until 0s --filter event=start --format '{{.Actor.Attributes.name}}'`;
const VERSION = `docker version --format '{{.Server.Version}}'`;
/** Prints later ones too, and runs until it is ended. */
const REMOVALS = `docker events --since 24h --filter event=destroy --format '{{.Actor.Attributes.name}}'`;

const DockerLine = z.object({ ID: z.string(), Names: z.string(), Image: z.string(), Status: z.string() });

export class Witness {
  constructor(
    private readonly config: string,
    private readonly alias: string,
  ) {}

  /** All containers, ended ones too, and what is used of the GPUs. */
  async look(): Promise<Sighting> {
    const [containers, gpus] = await Promise.all([this.lines(CONTAINERS), this.gpus()]);
    return { containers: containers.map(container), gpus };
  }

  async gpus(): Promise<Gpu[]> {
    return (await this.lines(GPUS)).map((line) => {
      const [index = '', name = '', used = ''] = line.split(', ');
      return { index: Number(index), name, usedMiB: Number(used) };
    });
  }

  /** Name of the container, once for every start that the Docker engine has journaled. */
  starts(): Promise<string[]> {
    return this.lines(STARTS);
  }

  async dockerVersion(): Promise<string> {
    return (await this.lines(VERSION)).join(' ');
  }

  /** Resolves when the Docker engine has journaled that it removed the container. @throws CosmosError no_host */
  async removed(container: string, signal: AbortSignal): Promise<void> {
    const leave = new AbortController();
    const limits = AbortSignal.any([signal, leave.signal, AbortSignal.timeout(LOOK_MS)]);
    const child = streamProcess('ssh', this.args(REMOVALS), { signal: limits, purpose: 'ssh' });
    child.catch(() => {}); // it never ends but by the signal
    for await (const name of createInterface({ input: child.stdout })) {
      if (name !== container) continue;
      leave.abort();
      return;
    }
    throw new CosmosError('no_host', `The container ${container} was not removed from the simulated host.`);
  }

  private async lines(command: string): Promise<string[]> {
    try {
      const { stdout } = await runProcess('ssh', this.args(command), { timeout: LOOK_MS, purpose: 'ssh' });
      return stdout.split('\n').filter((line) => line !== '');
    } catch (error) {
      const message = `The simulated host could not be looked at by ssh: ${coerceError(error).message}`;
      throw new CosmosError('no_host', message, {}, { cause: error });
    }
  }

  private args(command: string): string[] {
    return ['-F', this.config, '-o', 'BatchMode=yes', this.alias, command];
  }
}

function container(line: string): Container {
  const { ID, Names, Image, Status } = DockerLine.parse(JSON.parse(line));
  return { id: ID, name: Names, image: Image, status: Status };
}
