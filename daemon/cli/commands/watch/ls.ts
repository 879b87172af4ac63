/** `cosmos watch ls` lists the watched folders. */
import { type Parent, verb } from '../../verb.js';
import { showWatches } from './show-watches.js';

export function watchLs(watch: Parent): void {
  watch
    .command('ls', { isDefault: true })
    .description('watched folders')
    .action(
      verb(async (context) => {
        const { watches } = await context.use((daemon) => daemon.call('watch.list', {}));
        context.out.show(watches, () => showWatches(context, watches));
      }),
    );
}
