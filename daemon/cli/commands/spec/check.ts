/** `cosmos spec check` reads the options of a check and starts it (check-files.ts). */
import { Option } from '@commander-js/extra-typings';
import { Dialect } from '../../../../schemas/preset.js';
import { CosmosError } from '../../../errors.js';
import { countingNumber } from '../../options/numbers.js';
import { type Parent, verb } from '../../verb.js';

/** Works without a daemon: the check is the same code. */
export function specCheck(spec: Parent): void {
  spec
    .command('check')
    .description("check spec files: what NVIDIA's code says and what it would miss")
    .argument('<file...>', 'spec files, or patterns such as "shots/**/*.json"')
    .addOption(new Option('--engine <name>', 'dialect; default: recognised from the file').choices(Dialect.options))
    .option('--gpus <number>', 'GPUs that the run would have', countingNumber)
    .option('--model <name>', 'model that would run it: edge, edge/distilled, Cosmos3-Nano, ...')
    .option('--no-media', 'do not look into the videos (frames, size, rate)')
    .option('--fix', 'repair what needs no decision, upgrade old specs, and show what changed')
    .option('--dry-run', 'with --fix: show the changes and write nothing')
    .action(
      verb(async (context, files, { engine, gpus, model, media, fix = false, dryRun = false }) => {
        if (dryRun && !fix) throw new CosmosError('usage', '--dry-run goes with --fix: a check alone writes nothing.');
        const { checkFiles } = await import('./check-files.js');
        const run = { ...(gpus === undefined ? {} : { gpus }), ...(model === undefined ? {} : { model }) };
        return checkFiles(context, files, { engine, run, media, fix: fix ? (dryRun ? 'show' : 'write') : 'no' });
      }),
    );
}
