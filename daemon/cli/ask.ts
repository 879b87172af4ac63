/**
 * Asks questions at the terminal. A script is never asked: callers check {@link canAsk} first. The text of a question
 * may come from outside (the name of a clip, the words of a host), so its control characters are made visible here.
 */
import { shownLine } from '../../schemas/shown-text.js';
import { CosmosError } from '../errors.js';
import { questions } from './output/door.js';

/** Whether a person can answer: standard input and standard error are terminals. */
export function canAsk(): boolean {
  const { input, output } = questions();
  return Boolean(input.isTTY && output.isTTY); // undefined where Node has no terminal
}

/** The default answer is no, so that Enter alone agrees to nothing. @param before a line above the question */
export async function askYesNo(question: string, before?: string): Promise<boolean> {
  const { default: confirm } = await import('@inquirer/confirm');
  const lines = before === undefined ? [question] : [before, question];
  return answered(confirm({ message: lines.map(shownLine).join('\n'), default: false }, questions()));
}

/** What is typed is not shown. @param signal withdraws the question */
export async function askSecret(message: string, signal?: AbortSignal): Promise<string> {
  const { default: password } = await import('@inquirer/password');
  const question = { message: shownLine(message) };
  return answered(password(question, signal === undefined ? questions() : { ...questions(), signal }));
}

/** What is typed is shown. @param signal withdraws the question */
export async function askText(message: string, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface(questions());
  try {
    return await terminal.question(`? ${shownLine(message)} `, { signal });
  } finally {
    terminal.close();
  }
}

export async function askChoice<T extends string>(
  message: string,
  choices: readonly { readonly value: T; readonly name: string }[],
): Promise<T> {
  const { default: select } = await import('@inquirer/select');
  const shown = choices.map(({ value, name }) => ({ value, name: shownLine(name) }));
  return answered(select<T>({ message: shownLine(message), choices: shown }, questions()));
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
