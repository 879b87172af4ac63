/** Makes a noun: a group of verbs ("cosmos job ..."). */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { nearest } from '../near.js';
import type { Parent } from './verb.js';

/** Adds a verb to a noun. */
export function group(verbs: readonly ((noun: Parent) => void)[]): (noun: Parent) => void {
  return (noun) => {
    for (const register of verbs) register(noun);
    noun.hook('preSubcommand', refuseMisspelt);
  };
}

/** Without this check the default verb would take a misspelt verb for its argument ("too many arguments for ls"). */
function refuseMisspelt(noun: CommandUnknownOpts, chosen: CommandUnknownOpts): void {
  const [word] = noun.args;
  if (word === undefined || word.startsWith('-') || chosen.registeredArguments.length > 0) return;
  const names = noun.commands.map((command) => command.name());
  if (names.includes(word)) return;
  const [best] = nearest(word, names);
  const hint = best === undefined ? '' : `\n(Did you mean ${best}?)`;
  noun.error(`error: unknown command '${word}'${hint}`, { code: 'commander.unknownCommand' });
}
