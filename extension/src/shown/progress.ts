/** That something is going on: a notification which goes away with it. */
import { ProgressLocation, window } from 'vscode';
import { linkless } from './inert.js';

export interface ProgressOptions {
  /** By a button of VS Code, which the signal of `work` tells of. */
  readonly canBeGivenUp?: boolean;
}

export function progress<T>(
  title: string,
  work: (givenUp: AbortSignal) => Promise<T>,
  { canBeGivenUp = false }: ProgressOptions = {},
): Thenable<T> {
  const options = { location: ProgressLocation.Notification, title: linkless(title), cancellable: canBeGivenUp };
  return window.withProgress(options, (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work(controller.signal);
  });
}
