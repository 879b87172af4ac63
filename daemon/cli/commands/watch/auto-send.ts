/** `cosmos watch auto-send` switches on or off that ready clips of a folder are submitted automatically. */
import { Argument } from '@commander-js/extra-typings';
import { watchedFolder } from '../../references.js';
import { type Parent, verb } from '../../verb.js';
import { showWatches } from './show-watches.js';

export function watchAutoSend(parent: Parent): void {
  parent
    .command('auto-send')
    .description('submit new ready clips of a folder automatically, or not')
    .argument('<folder>', 'watched folder')
    .addArgument(new Argument('<on|off>').choices(['on', 'off'] as const))
    .option('--preset <name>', 'preset for these jobs')
    .action(
      verb(async (context, folder, on, { preset }) => {
        const params = { path: watchedFolder(folder), autoSend: on === 'on', ...(preset && { preset }) };
        const { watch } = await context.use((daemon) => daemon.call('watch.setAutoSend', params));
        context.out.show(watch, () => showWatches(context, [watch]));
      }),
    );
}
