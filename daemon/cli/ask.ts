/** Questions to the person at the terminal. Scripts are never asked: {@link canAsk} comes first. */
import { createInterface } from 'node:readline/promises';
import confirm from '@inquirer/confirm';
import password from '@inquirer/password';
import select from '@inquirer/select';
import { CosmosError } from '../errors.js';

/** On standard error, so that the answer of a verb stays alone on standard output. */
const TERMINAL = { input: process.stdin, output: process.stderr };

/** Whether somebody is there to answer. */
export function canAsk(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY); // undefined where Node has no terminal
}

/** No is the default: Enter alone never agrees to anything. */
export function askYesNo(message: string): Promise<boolean> {
  return answered(confirm({ message, default: false }, TERMINAL));
}

/** Nothing of what is typed is shown. @param signal takes the question back */
export function askSecret(message: string, signal?: AbortSignal): Promise<string> {
  return answered(password({ message }, signal === undefined ? TERMINAL : { ...TERMINAL, signal }));
}

/** What is typed is shown. @param signal takes the question back */
export async function askText(message: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface(TERMINAL);
  try {
    return await terminal.question(`? ${message} `, { signal });
  } finally {
    terminal.close();
  }
}

export function askChoice<T extends string>(
  message: string,
  choices: readonly { readonly value: T; readonly name: string }[],
): Promise<T> {
  return answered(select<T>({ message, choices }, TERMINAL));
}

/** @throws CosmosError usage when the person leaves by Ctrl-C, which is an answer too. */
async function answered<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    throw new CosmosError('usage', 'The question was not answered; nothing more was done.', {}, { cause: error });
  }
}
