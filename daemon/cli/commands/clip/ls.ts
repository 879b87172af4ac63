/** `cosmos clip ls` lists the known clips and their states. */
import { Option } from '@commander-js/extra-typings';
import { ClipState } from '../../../../schemas/clip.js';
import { clipColumns } from '../../output/clip-view.js';
import { type Parent, verb } from '../../verb.js';

export function clipLs(clip: Parent): void {
  clip
    .command('ls', { isDefault: true })
    .description('all known clips and their states')
    .addOption(new Option('--state <state...>', 'only clips in these states').choices(ClipState.options))
    .action(
      verb(async (context, { state }) => {
        const { out } = context;
        const { clips } = await context.use((daemon) => daemon.call('clip.list', {}));
        const chosen = state === undefined ? clips : clips.filter((clip) => (state as string[]).includes(clip.state));
        out.show(chosen, () => {
          out.table(clipColumns(out.colors), chosen, 'No clips. Watch a folder of renders: cosmos watch add FOLDER');
        });
      }),
    );
}
