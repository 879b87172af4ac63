/** Notifications and modal questions. */
import { window } from 'vscode';
import { linkless, plain } from './inert.js';

/** Lines of a modal question; more would move its buttons out of the window. */
const MOST_LINES = 20;
/** Characters of one line; a reason why a job is held has several sentences. */
const LONGEST = 800;

/** Each resolves with the button that was pressed. The texts of the buttons are ours. */
export function tell(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return window.showInformationMessage(linkless(message), ...buttons);
}

export function warn(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return window.showWarningMessage(linkless(message), ...buttons);
}

export function complain(message: string, ...buttons: readonly string[]): Thenable<string | undefined> {
  return window.showErrorMessage(linkless(message), ...buttons);
}

export interface Question {
  readonly message: string;
  /** Lines below the question. Text from others cannot add lines. */
  readonly details: readonly string[];
}

/** Asks a modal question; true = yes. */
export async function isWanted({ message, details }: Question, yes: string): Promise<boolean> {
  const lines = details.slice(0, MOST_LINES).map((line) => plain(line, LONGEST));
  if (details.length > MOST_LINES) lines.push('…');
  const detail = lines.join('\n');
  return (await window.showWarningMessage(plain(message), { modal: true, detail }, yes)) === yes;
}
