/** `cosmos preset ls` lists the presets of cosmos.toml. */
import { modelTitle } from '../../../../schemas/model-title.js';
import type { NamedPreset } from '../../../../schemas/received.js';
import { loadConfig } from '../../../config.js';
import { NONE } from '../../output/amounts.js';
import { choicesOf } from '../../output/preset-view.js';
import type { Column } from '../../output/table.js';
import { type Parent, verb } from '../../verb.js';

const COLUMNS: readonly Column<NamedPreset>[] = [
  { head: 'PRESET', cell: ({ name }) => name, atLeast: 12 },
  { head: 'MODEL', cell: ({ values }) => (values.engine === undefined ? NONE : modelTitle(values.engine)) },
  { head: 'HOST', cell: ({ values }) => values.host ?? NONE, atLeast: 8 },
  { head: 'CHOICES', cell: ({ values }) => choicesOf(values), atLeast: 16 },
  { head: 'PROMPT', cell: ({ values }) => values.prompt ?? NONE, atLeast: 16 },
];

export function presetLs(preset: Parent): void {
  preset
    .command('ls', { isDefault: true })
    .description('presets of cosmos.toml')
    .option('--names', 'only their names, one a line, read without the daemon')
    .action(
      verb(async (context, { names: onlyNames = false }) => {
        const { out } = context;
        if (onlyNames) {
          const names = Object.keys(loadConfig(context.config).config.preset);
          return out.show(names, () => out.print(names));
        }
        const { presets } = await context.use((daemon) => daemon.call('preset.list', {}));
        out.show(presets, () => out.table(COLUMNS, presets, 'No presets. Make one with: cosmos preset save NAME'));
      }),
    );
}
