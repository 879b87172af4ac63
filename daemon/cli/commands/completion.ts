/** `cosmos completion` prints the completion script of a shell. */
import { Argument, type Command } from '@commander-js/extra-typings';
import { completionScript, SHELLS } from '../completion.js';
import { verb } from '../verb.js';

export function completion(command: Command): void {
  command
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText('after', '\nbash, zsh: eval "$(cosmos completion bash)"     fish: cosmos completion fish | source')
    .action(
      verb(async ({ out }, shell) => {
        const program = command.parent ?? command;
        out.stdout.data(`${completionScript(program, shell)}\n`);
      }),
    );
}
