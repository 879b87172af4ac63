/** `cosmos host test` checks a host from SSH to its GPUs and changes nothing there. */
import { canAsk } from '../../ask.js';
import { type Parent, verb } from '../../verb.js';
import { walkThrough } from './walk-through.js';

export function hostTest(host: Parent): void {
  host
    .command('test')
    .description('look at a host from SSH to its GPUs; nothing is changed there')
    .argument('<host>', 'name in cosmos.toml, or an SSH target')
    .action(
      verb(async (context, name) => {
        const { probe } = await context.use((daemon) => {
          return walkThrough(context, daemon, () => daemon.call('host.probe', { host: name, asks: canAsk() }));
        });
        context.out.show(probe, () => {
          if (probe.ok) context.out.note(`${probe.name} can run jobs.`);
        });
        return probe.ok ? 0 : 1;
      }),
    );
}
