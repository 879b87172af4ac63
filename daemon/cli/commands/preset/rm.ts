/** `cosmos preset rm` removes a preset from cosmos.toml. */
import { type Parent, verb } from '../../verb.js';

export function presetRm(parent: Parent): void {
  parent
    .command('rm')
    .description('take a preset out of cosmos.toml; jobs that were sent with it keep their settings')
    .argument('<name>', 'name of the preset')
    .action(
      verb(async (context, name) => {
        await context.use((daemon) => daemon.call('preset.remove', { name }));
        context.out.show({ name }, () => context.out.note(`The preset ${name} is gone.`));
      }),
    );
}
