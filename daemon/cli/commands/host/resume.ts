/** `cosmos host resume` lets a drained host take jobs again. */
import { type Parent, verb } from '../../verb.js';

export function hostResume(parent: Parent): void {
  parent
    .command('resume')
    .description('let a host that drains take jobs again')
    .argument('<host>', 'name of the host')
    .action(
      verb(async (context, name) => {
        const { host } = await context.use((daemon) => daemon.call('host.resume', { host: name }));
        context.out.show(host, () => context.out.note(`${host.id} takes jobs again.`));
      }),
    );
}
