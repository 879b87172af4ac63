/** `cosmos host drain` lets a host finish its runs and start no new ones. */
import { type Parent, verb } from '../../verb.js';

export function hostDrain(parent: Parent): void {
  parent
    .command('drain')
    .description('let a host finish what it has, and start nothing new there')
    .argument('<host>', 'name of the host')
    .option('--reason <text>', 'shown to everybody who looks at the host')
    .action(
      verb(async (context, name, { reason }) => {
        const asked = reason === undefined ? { host: name } : { host: name, reason };
        const { host } = await context.use((daemon) => daemon.call('host.drain', asked));
        context.out.show(host, () => context.out.note(host.draining ?? ''));
      }),
    );
}
