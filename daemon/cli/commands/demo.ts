import { type ExitCode, type Parent, verb } from '../verb.js';

export function demo(program: Parent): void {
  program
    .command('demo')
    .description('make a clip without Houdini and take it all the way to a preview video')
    .action(
      verb(async ({ out }): Promise<ExitCode> => {
        const { runDemo } = await import('../../demo/demo.js');
        return (await runDemo({ json: out.json })) === 0 ? 0 : 1;
      }),
    );
}
