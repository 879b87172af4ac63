/** `cosmos queue resume` starts jobs again. */
import { type Parent, verb } from '../../verb.js';

export function queueResume(queue: Parent): void {
  queue
    .command('resume')
    .description('start jobs again')
    .action(
      verb(async (context) => {
        const status = await context.use((daemon) => daemon.call('queue.resume', {}));
        context.out.show(status, () => context.out.note('The queue runs.'));
      }),
    );
}
