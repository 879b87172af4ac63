/** `cosmos watch rm` stops watching a folder. */
import { watchedFolder } from '../../references.js';
import { type Parent, verb } from '../../verb.js';

export function watchRm(parent: Parent): void {
  parent
    .command('rm')
    .description('stop watching a folder; its files and jobs stay')
    .argument('<folder>', 'watched folder')
    .action(
      verb(async (context, typed) => {
        const path = watchedFolder(typed); // may be gone from the disk: that is a reason to stop watching it
        await context.use((daemon) => daemon.call('watch.remove', { path }));
        context.out.show({ path }, () => context.out.note(`${path} is no longer watched.`));
      }),
    );
}
