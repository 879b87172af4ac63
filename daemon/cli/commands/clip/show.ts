/** `cosmos clip show` prints one clip in detail: its passes, its frames, and why it is in its state. */
import { clipFields } from '../../output/clip-view.js';
import { clipReference } from '../../references.js';
import { type Parent, verb } from '../../verb.js';

export function clipShow(parent: Parent): void {
  parent
    .command('show')
    .description('one clip: passes, frames, and why it is in its state')
    .argument('<clip>', 'id, name or path')
    .action(
      verb(async (context, typed) => {
        const { out, now } = context;
        const params = { clip: await clipReference(typed) };
        const { clip } = await context.use((daemon) => daemon.call('clip.get', params));
        out.show(clip, () => out.fields(clipFields(clip, { colors: out.colors, now })));
      }),
    );
}
