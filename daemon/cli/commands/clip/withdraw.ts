/** `cosmos clip withdraw` stops waiting for the images of a render: the clip is what lies in its folder. */
import { clipReference } from '../../references.js';
import { type Parent, verb } from '../../verb.js';

export function clipWithdraw(parent: Parent): void {
  parent
    .command('withdraw')
    .description('wait no longer for the images of a render: the clip is what lies in its folder')
    .argument('<clip>', 'id, name or path')
    .action(
      verb(async (context, typed) => {
        const { out } = context;
        const params = { clip: await clipReference(typed) };
        const { clip } = await context.use((daemon) => daemon.call('clip.withdraw', params));
        out.show(clip, () =>
          out.note(`${clip.name} waits for no render: it is ${clip.state}${clip.reason && ` (${clip.reason})`}.`),
        );
      }),
    );
}
