/** A progress notification that disappears when the work ends. */
import { ProgressLocation, window } from 'vscode';
import { linkless } from './inert.js';

export interface ProgressOptions {
  /** Whether it can be cancelled by VS Code's button, which aborts the signal of `work`. */
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
