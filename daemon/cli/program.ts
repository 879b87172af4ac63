/** Builds the command line: the options of every verb, help, and usage errors; words.ts lists the words. */
import { Command, Help, Option } from '@commander-js/extra-typings';
import type { Door } from './output/door.js';
import type { Parent } from './verb.js';
import { WORDS } from './words.js';

const EXAMPLES = `
Examples:
  cosmos demo                                    the whole way on a built-in scene
  cosmos watch add /renders                      see every clip that Houdini writes there
  cosmos submit shot010 --prompt "rain at dusk" --weight edge=0.5 --wait
  cosmos queue                                   what runs, what waits, and why`;

/** Where help and usage errors are written. */
interface Doors {
  readonly output: Door;
  readonly errors: Door;
}

/**
 * @param mentioned the words that were typed: those among them are loaded; help knows only the sentence of the others
 */
export async function createProgram(
  version: string,
  { output, errors }: Doors,
  mentioned: readonly string[] | 'all',
): Promise<Parent> {
  const bare = new Map<Parent, string>();
  const program = new Command('cosmos')
    .description('From a Houdini render to a finished NVIDIA Cosmos video.')
    .version(version, '-V, --version')
    .addOption(new Option('--state-dir <folder>', 'state folder of the daemon').env('COSMOS_STATE_DIR'))
    .addOption(new Option('--config <file>', 'cosmos.toml to use').env('COSMOS_CONFIG'))
    .option('--json', 'only JSON on standard output')
    .option('--no-color', 'no colours')
    .helpCommand(true)
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride()
    .configureHelp({
      sortSubcommands: false,
      showGlobalOptions: false,
      subcommandTerm: (command) => bare.get(command) ?? Help.prototype.subcommandTerm(command),
    })
    .configureOutput({
      writeOut: (text) => output.text(text),
      writeErr: (text) => errors.text(text),
      outputError: (text, write) => write(withArgumentsShown(text.replace(/^error: /, 'Error: '), errors)),
    });
  await addWords(program, mentioned, bare);
  return program;
}

/**
 * An argument may come from outside, because a pattern such as `*` becomes the names of folders; each is made one
 * visible line.
 */
function withArgumentsShown(text: string, errors: Door): string {
  const strange = process.argv.filter((argument) => errors.line(argument) !== argument);
  return strange.reduce((shown, argument) => shown.replaceAll(argument, errors.line(argument)), text);
}

/**
 * Adds every word, and loads its options where the command line mentions it. The mention may be the command, its help,
 * or a value that happens to be the same word; loading too much is harmless.
 */
async function addWords(program: Command, mentioned: readonly string[] | 'all', bare: Map<Parent, string>) {
  const all = mentioned === 'all' || WORDS.some(({ name, needsAll }) => needsAll && mentioned.includes(name));
  for (const { name, takes, about, load } of WORDS) {
    const command = program.command(name).description(about);
    if (all || mentioned.includes(name)) (await load())(command);
    else bare.set(command, takes === undefined ? name : `${name} ${takes}`);
  }
}
