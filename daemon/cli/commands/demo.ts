/** `cosmos demo` reads the options of the demo and starts it. */
import { type Command, Option } from '@commander-js/extra-typings';
import { CosmosError } from '../../errors.js';
import { type ExitCode, verb } from '../verb.js';

const ENGINES = ['transfer2.5', 'cosmos3'] as const;

export function demo(command: Command): void {
  command
    .option('--keep <folder>', 'keep everything, state and logs too, in this new or empty folder')
    .option('--exr', 'render the passes as parts of one EXR file a frame, as Karma does, instead of PNG files')
    .addOption(
      new Option('--host <host>', 'run it on a simulated GPU host behind real SSH and Docker').choices(['sim']),
    )
    .addOption(new Option('--engine <engine>', 'model that the host stands in for').choices(ENGINES))
    .action(
      verb(async ({ out }, { keep, exr, host, engine }): Promise<ExitCode> => {
        if (engine !== undefined && host === undefined)
          throw new CosmosError('usage', '--engine goes with --host sim; without a host the demo makes a preview.');
        const simulate = host === undefined ? undefined : (engine ?? 'transfer2.5');
        const { runDemo } = await import('../../demo/demo.js');
        return (await runDemo({ out, format: exr ? 'exr' : 'png', keep, simulate })) === 0 ? 0 : 1;
      }),
    );
}
