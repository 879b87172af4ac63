/** `cosmos preset show` prints everything that one preset sets. */
import { presetFields } from '../../output/preset-view.js';
import { type Parent, verb } from '../../verb.js';
import { namedPreset } from './named-preset.js';

export function presetShow(parent: Parent): void {
  parent
    .command('show')
    .description('one preset: everything that it sets')
    .argument('<name>', 'name of the preset')
    .action(
      verb(async (context, name) => {
        const preset = await context.use((daemon) => namedPreset(daemon, name));
        context.out.show(preset, () => context.out.fields(presetFields(preset)));
      }),
    );
}
