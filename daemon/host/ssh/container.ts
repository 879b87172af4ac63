/** The `docker run` of a run, as a list of arguments: no value ever becomes shell text. */
import path from 'node:path';
import { CosmosError } from '../../errors.js';
import type { ContainerPlan, HostCommand } from '../host.js';
import { containerName, FOLDER_LABEL, RUN_LABEL, TOKEN_LABEL } from './run-paths.js';

/** A reference as Docker reads it; above all, it must not look like an option. */
const IMAGE = /^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Values of `docker run --ipc`; container:NAME is left out, because it would share another container's memory. */
const IPC = ['host', 'private', 'shareable', 'none'];

export interface ContainerRun {
  readonly run: string;
  /** Absolute folder of the run on the host; the container sees it under the same path. */
  readonly folder: string;
  readonly token: string;
  readonly command: HostCommand;
  readonly plan: ContainerPlan;
}

/**
 * Arguments after `docker run`. The image keeps its entry point: NVIDIA's prepares the Python environment and then
 * executes its arguments (cosmos-transfer2.5 bin/entrypoint.sh), which are our wrapper and the command.
 * @throws CosmosError config_invalid when a value of the plan is not valid.
 */
export function containerArguments({ run, folder, token, command, plan }: ContainerRun): string[] {
  check(IMAGE.test(plan.image), `${JSON.stringify(plan.image)} is not the name of a container image.`);
  check(IPC.includes(plan.ipc), `ipc = ${JSON.stringify(plan.ipc)} is not one of ${IPC.join(', ')}.`);
  const specs = path.posix.join(folder, 'specs');
  return [
    ...['--detach', '--init', '--pull', 'never', '--name', containerName(run)],
    ...[`${RUN_LABEL}=${run}`, `${FOLDER_LABEL}=${folder}`, `${TOKEN_LABEL}=${token}`].flatMap((text) => [
      '--label',
      text,
    ]),
    ...['--ipc', plan.ipc, '--workdir', plan.workdir ?? folder],
    ...mount('bind', { source: folder, target: folder, readonly: false }),
    // Read-only, because these are hard links into the store: a change would reach every later run.
    ...mount('bind', { source: specs, target: specs, readonly: true }),
    ...plan.mounts.flatMap((item) => mount('bind', item)),
    ...plan.volumes.flatMap(({ name, target }) => mount('volume', { source: name, target, readonly: false })),
    ...gpuArguments(plan.gpus),
    ...(plan.envFile === null ? [] : ['--env-file', plan.envFile]),
    ...variables(command.env).flatMap((variable) => ['--env', variable]),
    plan.image,
    ...wrapperCommand(folder, token, command),
  ];
}

/** The command under our wrapper (wrapper.ts). */
export function wrapperCommand(folder: string, token: string, { argv, logLimit = 0 }: HostCommand): string[] {
  return ['sh', path.posix.join(folder, 'wrapper.sh'), folder, token, String(logLimit), ...argv];
}

/** "NAME=VALUE" each. @throws CosmosError config_invalid for a name that is not valid in a shell. */
export function variables(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => {
    check(VARIABLE.test(name), `${JSON.stringify(name)} is not the name of an environment variable.`);
    return `${name}=${value}`;
  });
}

/**
 * One --mount. Its value is a line of CSV, so that a path may hold commas and quotes; `-v` would cut it at a colon.
 * @throws CosmosError config_invalid for a bind mount of a relative path, which Docker would take for a volume.
 */
export function mount(type: 'bind' | 'volume', item: { source: string; target: string; readonly: boolean }): string[] {
  const absolute = [item.target, ...(type === 'bind' ? [item.source] : [])];
  for (const place of absolute)
    check(path.posix.isAbsolute(place), `${JSON.stringify(place)} is not an absolute path.`);
  const fields = [
    `type=${type}`,
    `source=${item.source}`,
    `target=${item.target}`,
    ...(item.readonly ? ['readonly'] : []),
  ];
  return ['--mount', fields.map(csvField).join(',')];
}

/** The inner quotes are Docker's: without them it reads "device=0,1" as a device and a count (CSV again). */
function gpuArguments(gpus: readonly number[]): string[] {
  return gpus.length === 0 ? [] : ['--gpus', csvField(`device=${gpus.join(',')}`)];
}

function csvField(text: string): string {
  check(!/[\r\n]/.test(text), `${JSON.stringify(text)} holds a line break, which Docker cannot mount.`);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function check(fine: boolean, sentence: string): void {
  if (!fine) throw new CosmosError('config_invalid', sentence);
}
