/** Checks everything that a host needs before a job is sent to it. It changes nothing on the host. */
import type { HostCheck, HostEngineConfig } from '../../../schemas/index.js';
import type { Clock } from '../../clock.js';
import { CosmosError, toCosmosError } from '../../errors.js';
import type { Remote } from '../shell/remote.js';
import type { SshTarget } from '../shell/target.js';
import { type Bound, bounded } from './bounded.js';
import { errorFound } from './catalogue.js';
import { checkCheckout } from './checkout.js';
import { checkClock } from './clock.js';
import { connected, notConnected, unfollowedFindings } from './connection.js';
import type { EngineNeeds, ProbeContext, ProbedHost } from './context.js';
import { checkDocker } from './docker.js';
import { checkGpus } from './gpus.js';
import { checkCache, checkToken } from './models.js';
import { checkOwnership } from './ownership.js';
import { checkRoot, homeRoot } from './root.js';
import { checkTools } from './tools.js';

export interface ProbeOptions {
  readonly config: ProbedHost;
  /** Of the engines that the host is configured for. */
  readonly needs: readonly EngineNeeds[];
  readonly clock: Clock;
  /** @throws CosmosError config_invalid */
  readonly target: () => SshTarget;
  /** Opens a new connection for this probe: an open one does not prove that the next one will work. */
  readonly open: (target: SshTarget) => Promise<ClosableRemote>;
  /** Called with each finding as soon as it is known, in the order of the list. */
  readonly onCheck?: (check: HostCheck) => void;
}

export type ClosableRemote = Remote & { close(): void };
/** A context before the root is known. */
type Base = Omit<ProbeContext, 'config'>;

/** Seconds of a check that asks and of one that starts containers, whose first start of an image may be slow. */
const ASK = 20;
const START = 90;

type Check = (context: ProbeContext) => Promise<HostCheck[]>;

/** Checks that use a shell; they run in parallel, but GPUs before containers, because a test container uses a GPU. */
const CHECKS: readonly (Bound & { readonly look: Check })[] = [
  { subject: { check: 'ownership' }, seconds: ASK, look: checkOwnership },
  { subject: { check: 'root' }, seconds: ASK, look: checkRoot },
  { subject: { check: 'clock' }, seconds: ASK, look: checkClock },
];
/** More than START_MS of host/shell/execution.ts, so that the error of a slow login shell, which says more, comes first. */
const SHELL = { subject: { check: 'shell' }, seconds: 30 } as const;
const GPUS = { subject: { check: 'GPUs' }, seconds: ASK, look: checkGpus } as const;
const DOCKER = { subject: { check: 'Docker' }, seconds: START, look: checkDocker } as const;

export interface Probed {
  readonly checks: readonly HostCheck[];
  /** The root that was checked; undefined when none is configured and the host could not be asked for the home folder. */
  readonly root: string | undefined;
}

type Tell = (findings: readonly HostCheck[]) => void;

/** Never rejects because of a fault of the host: faults are its findings. */
export async function probeHost(options: ProbeOptions): Promise<Probed> {
  const checks: HostCheck[] = [];
  const root = await walk(options, (findings) => {
    checks.push(...findings);
    for (const finding of findings) options.onCheck?.(finding);
  });
  return { checks, root };
}

async function walk({ config, needs, clock, ...options }: ProbeOptions, tell: Tell): Promise<string | undefined> {
  let target: SshTarget | undefined;
  try {
    target = options.target();
    tell(unfollowedFindings(target));
    const remote = await options.open(target);
    tell(connected(target));
    return await inside({ remote, needs, clock, user: target.user }, config, tell).finally(() => remote.close());
  } catch (error) {
    tell(notConnected(toCosmosError(error), config.ssh, target));
    return config.root;
  }
}

/** Resolves with the root. Never rejects. */
async function inside(base: Base, draft: ProbedHost, tell: Tell): Promise<string | undefined> {
  const shell = await bounded({ ...base, config: { ...draft, root: '' } }, SHELL, checkTools);
  tell(shell);
  if (shell.some(({ state }) => state === 'failed')) return draft.root;
  const root = draft.root ?? (await homeRoot(base.remote).catch(toCosmosError));
  if (root instanceof CosmosError) {
    tell([errorFound({ check: 'root' }, root, draft.ssh)]);
    return undefined;
  }
  const context = { ...base, config: { ...draft, root } };
  const begun = CHECKS.map((check) => bounded(context, check, check.look));
  const gpus = bounded(context, GPUS, GPUS.look);
  const docker = gpus.then(() => bounded(context, DOCKER, DOCKER.look));
  const engines = context.needs.map((needs) => engineChecks(context, needs));
  for (const findings of [...begun, gpus, docker, ...engines]) tell(await findings);
  return root;
}

async function engineChecks(context: ProbeContext, needs: EngineNeeds): Promise<HostCheck[]> {
  const settings = context.config.engine[needs.engine];
  if (settings === undefined) return [];
  const look = (check: 'checkout' | 'model cache' | 'token', by: EngineCheck) => {
    const subject = { check, engine: needs.engine };
    return bounded(context, { subject, seconds: ASK }, async (bound) => [await by(bound, needs, settings)]);
  };
  const [checkout, cache, token] = [
    look('checkout', checkCheckout),
    look('model cache', checkCache),
    look('token', checkToken),
  ];
  return [...(await checkout), ...(await cache), ...(await token)];
}

type EngineCheck = (context: ProbeContext, needs: EngineNeeds, settings: HostEngineConfig) => Promise<HostCheck>;
