/** The options of `cosmos host add`: what is known of the host. */
import { type Command, type CommandUnknownOpts, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { HostConfig } from '../../../schemas/config.js';
import type { EngineName, HostDraft } from '../../../schemas/index.js';
import { withoutUndefined } from './job-options.js';
import { amount, countingNumber } from './numbers.js';

/** The engines that need a host of their own. */
const ENGINES = ['transfer2.5', 'cosmos3'] as const satisfies readonly EngineName[];
type HostEngine = (typeof ENGINES)[number];
type PerEngine = Readonly<Partial<Record<HostEngine, string>>>;

/** A type and not an interface, because commander requires an index signature. */
export type HostFlags = {
  readonly ssh?: string;
  readonly ownership?: HostConfig['ownership'];
  readonly root?: string;
  readonly gpus?: number;
  readonly gpusPerRun?: number;
  readonly gpu?: string;
  readonly pricePerHour?: number;
  readonly image?: PerEngine;
  readonly checkout?: PerEngine;
  readonly venvVolume?: PerEngine;
  readonly hfCache?: string;
  readonly envFile?: string;
};

/** Adds the options; their values come out as {@link HostFlags}. */
export function withHostOptions<Args extends unknown[]>(command: Command<Args>) {
  addOptions(command);
  // As in job-options.ts: inferring a dozen chained options takes the compiler minutes.
  return command as unknown as Command<Args, HostFlags>;
}

function addOptions(command: CommandUnknownOpts): void {
  command
    .option('--ssh <target>', 'alias of ~/.ssh/config, user@host[:port] or ssh://... (default: the name)')
    .addOption(new Option('--ownership <whose>', 'whose host it is').choices(HostConfig.shape.ownership.options))
    .option('--root <folder>', 'absolute folder on the host for our files (default: ~/cosmos-bridge there)')
    .option('--gpus <number>', 'GPUs that may be used, from index 0', countingNumber)
    .option('--gpus-per-run <number>', 'GPUs that one run holds', countingNumber)
    .option('--gpu <model>', 'GPU model for estimates, such as "H100 PCIe"')
    .option('--price-per-hour <dollars>', 'what an hour of the host costs', amount)
    .option('--image <engine=name>', 'container image of an engine; repeatable', perEngine)
    .option('--checkout <engine=folder>', "folder of NVIDIA's repository; repeatable", perEngine)
    .option('--venv-volume <engine=name>', 'Docker volume for the Python environment; repeatable', perEngine)
    .option('--hf-cache <folder>', 'model cache on the host, for all its engines')
    .option('--env-file <file>', 'file on the host with HF_TOKEN=..., mode 600, for all its engines');
}

function perEngine(text: string, before: PerEngine = {}): PerEngine {
  const cut = text.indexOf('=');
  const engine = ENGINES.find((name) => name === text.slice(0, cut));
  const value = text.slice(cut + 1);
  if (engine !== undefined && value !== '') return { ...before, [engine]: value };
  throw new InvalidArgumentError(`"${text}" is not ENGINE=VALUE with ${ENGINES.join(' or ')}.`);
}

export function toHostDraft(name: string, flags: HostFlags, ownership: HostConfig['ownership']): HostDraft {
  const { ssh = name, root, gpus, gpu, gpusPerRun: gpus_per_run, pricePerHour: price_per_hour } = flags;
  const engine = enginesOf(flags);
  const hasEngines = Object.keys(engine).length > 0;
  const facts = withoutUndefined({ root, gpus, gpu, gpus_per_run, price_per_hour });
  return { name, ssh, ownership, ...facts, ...(hasEngines && { engine }) };
}

function enginesOf({ image, checkout, venvVolume, hfCache: hf_cache, envFile: env_file }: HostFlags) {
  const named = ENGINES.filter((engine) => [image, checkout, venvVolume].some((values) => values?.[engine]));
  const entries = named.map((engine) => {
    const own = { image: image?.[engine], checkout: checkout?.[engine], venv_volume: venvVolume?.[engine] };
    return [engine, withoutUndefined({ ...own, hf_cache, env_file })] as const;
  });
  return Object.fromEntries(entries);
}
