/** `cosmos queue pause` starts no more jobs; running ones continue. */
import { type Parent, verb } from '../../verb.js';

export function queuePause(queue: Parent): void {
  queue
    .command('pause')
    .description('start no more jobs; running ones continue')
    .option('--reason <text>', 'shown to everybody who looks at the queue')
    .action(
      verb(async (context, { reason }) => {
        const status = await context.use((daemon) =>
          daemon.call('queue.pause', reason === undefined ? {} : { reason }),
        );
        context.out.show(status, () => context.out.note('The queue is paused; running jobs go on.'));
      }),
    );
}
