import { Argument } from '@commander-js/extra-typings';
import { completionScript, SHELLS } from '../completion.js';
import { type Parent, verb } from '../verb.js';

export function completion(program: Parent): void {
  program
    .command('completion')
    .description('print a completion script for your shell')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText('after', '\nbash, zsh: eval "$(cosmos completion bash)"     fish: cosmos completion fish | source')
    .action(verb(async ({ out }, shell) => out.stdout.data(`${completionScript(program, shell)}\n`)));
}
