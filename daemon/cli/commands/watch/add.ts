/** `cosmos watch add` watches a folder. */
import { Option } from '@commander-js/extra-typings';
import { WatchMode } from '../../../../schemas/clip.js';
import { withoutUndefined } from '../../options/job-options.js';
import { amount } from '../../options/numbers.js';
import { existingPath } from '../../references.js';
import { type Parent, verb } from '../../verb.js';
import { showWatches } from './show-watches.js';

export function watchAdd(parent: Parent): void {
  parent
    .command('add')
    .description('watch a folder; clips already there are listed and not submitted')
    .argument('<folder>', 'folder that renders are written to')
    .addOption(
      new Option('--mode <mode>', 'tree: each sub-folder is a clip; flat: each movie is a clip').choices(
        WatchMode.options,
      ),
    )
    .option('--settle <seconds>', 'quiet time before a folder without manifest counts as finished', amount)
    .option('--poll', 'list periodically instead of trusting events (network mounts)')
    .option('--auto-send', 'submit new ready clips automatically')
    .option('--preset <name>', 'preset for clips of this folder')
    .option('--fps <number>', 'frames per second of sequences without a manifest', amount)
    .action(
      verb(async (context, typed, options) => {
        const params = withoutUndefined({ path: await existingPath(typed), ...options });
        const { watch } = await context.use((daemon) => daemon.call('watch.add', params));
        context.out.show(watch, () => showWatches(context, [watch]));
      }),
    );
}
