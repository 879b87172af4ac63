/** `cosmos host add` checks a host and writes it into cosmos.toml. */
import type { HostConfig, ResultOf } from '../../../../schemas/index.js';
import { CosmosError } from '../../../errors.js';
import { askChoice, askYesNo, canAsk } from '../../ask.js';
import type { Context } from '../../context.js';
import { toHostDraft, withHostOptions } from '../../options/host-options.js';
import { type Parent, verb } from '../../verb.js';
import { walkThrough } from './walk-through.js';

export function hostAdd(host: Parent): void {
  const command = host
    .command('add')
    .description('look at a host from SSH to its GPUs, then write it into cosmos.toml')
    .argument('<name>', 'how jobs and commands shall call it');
  withHostOptions(command)
    .option('--force', 'write it even though checks fail')
    .action(
      verb(async (context, name, { force, ...flags }) => {
        const draft = toHostDraft(name, flags, flags.ownership ?? (await askOwnership()));
        const answer = await context.use(async (daemon) => {
          const add = (anyway: boolean | undefined) =>
            daemon.call('host.add', { host: draft, force: anyway === true, asks: canAsk() });
          const first = await walkThrough(context, daemon, () => add(force));
          return first.added || !(await isWantedAnyway(first)) ? first : add(true);
        });
        context.out.show(answer, () => tell(context, answer));
        return answer.added ? 0 : 1;
      }),
    );
}

const OWNERSHIP: readonly { readonly value: HostConfig['ownership']; readonly name: string }[] = [
  { value: 'mine', name: 'mine: nobody else uses it' },
  { value: 'shared', name: 'shared: others use it too' },
  { value: 'rented', name: 'rented: it costs money while it runs' },
];

/** The ownership has no default, because it decides whether jobs may cost money. */
async function askOwnership(): Promise<HostConfig['ownership']> {
  if (canAsk()) return askChoice('Whose host is it?', OWNERSHIP);
  throw new CosmosError('usage', 'Say whose host it is: --ownership mine, shared or rented.');
}

/** A host that cannot be reached could not be checked, so the person is not asked; only --force adds it. */
async function isWantedAnyway({ probe }: ResultOf<'host.add'>): Promise<boolean> {
  const isReached = probe.checks.some(({ check, state }) => check === 'login' && state === 'ok');
  return canAsk() && isReached && (await askYesNo(`Checks failed. Add ${probe.name} anyway?`));
}

function tell({ out }: Context, { added, file, probe }: ResultOf<'host.add'>): void {
  const failed = probe.checks.filter(({ state }) => state === 'failed').length;
  if (!added) {
    out.note(`Not added: ${failed === 1 ? 'one check' : `${failed} checks`} failed. --force adds it anyway.`);
    return;
  }
  out.note(`Added ${probe.name} to ${file}; it can be used now.`);
}
