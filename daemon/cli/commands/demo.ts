import { type ExitCode, type Parent, verb } from '../verb.js';

export function demo(program: Parent): void {
  program
    .command('demo')
    .description('make a clip without Houdini and take it all the way to a preview video')
    .option('--keep <folder>', 'keep everything, state and logs too, in this new or empty folder')
    .action(
      verb(async ({ out }, { keep }): Promise<ExitCode> => {
        const { runDemo } = await import('../../demo/demo.js');
        return (await runDemo({ json: out.json, keep })) === 0 ? 0 : 1;
      }),
    );
}
