/**
 * Questions to the user. Each throws {@link GivenUp} if it is closed without an answer, which ends the command without
 * a message.
 */
import * as l10n from '@vscode/l10n';
import { isWanted } from '../shown/messages.js';
import { type InputOptions, input, type PickItem, pick } from '../shown/questions.js';

/** The user closed a question, so the command ends without a message. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

export async function askText(options: InputOptions): Promise<string> {
  const answer = await input(options);
  if (answer === undefined) throw new GivenUp();
  return answer.trim();
}

/** @param why it is asked at all; below the title. */
export async function askChoice<T>(title: string, choices: readonly PickItem<T>[], why = ''): Promise<T> {
  const answer = await pick(choices, { title, stays: true, ...(why !== '' && { placeHolder: why }) });
  if (answer === undefined) throw new GivenUp();
  return answer.value;
}

/** A modal question with one way to say yes. @param details a line each. */
export async function confirm(message: string, details: readonly string[], yes: string): Promise<void> {
  if (!(await isWanted({ message, details }, yes))) throw new GivenUp();
}

/** For askText: an error message for anything that is not a whole number. */
export function wholeNumber(text: string): string | undefined {
  return /^-?\d{1,9}$/.test(text.trim()) ? undefined : l10n.t('A whole number, please.');
}

/** For askText: an error message for anything that is not an amount of money. */
export function amount(text: string): string | undefined {
  return /^\d{1,6}(\.\d+)?$/.test(text.trim()) ? undefined : l10n.t('A number, such as 2.50, please.');
}
