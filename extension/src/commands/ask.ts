/** Questions to a person. Each throws {@link GivenUp} when it is closed without an answer, which ends the command quietly. */
import * as l10n from '@vscode/l10n';
import { type InputBoxOptions, type QuickPickItem, window } from 'vscode';

/** The person does not want it after all. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

export async function askText(options: InputBoxOptions): Promise<string> {
  const answer = await window.showInputBox({ ignoreFocusOut: true, ...options });
  if (answer === undefined) throw new GivenUp();
  return answer.trim();
}

export interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

export async function askChoice<T>(title: string, choices: readonly Choice<T>[], placeHolder?: string): Promise<T> {
  const options = { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true };
  const answer = await window.showQuickPick(choices, options);
  if (answer === undefined) throw new GivenUp();
  return answer.value;
}

/** A modal question with one way to say yes. */
export async function confirm(message: string, detail: string, yes: string): Promise<void> {
  if ((await window.showWarningMessage(message, { modal: true, detail }, yes)) !== yes) throw new GivenUp();
}

/** For showInputBox: a complaint about what is no whole number. */
export function wholeNumber(text: string): string | undefined {
  return /^-?\d{1,9}$/.test(text.trim()) ? undefined : l10n.t('A whole number, please.');
}

/** The same for amounts of money. */
export function amount(text: string): string | undefined {
  return /^\d{1,6}(\.\d+)?$/.test(text.trim()) ? undefined : l10n.t('A number, such as 2.50, please.');
}
