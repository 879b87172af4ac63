/** The only file that turns a problem into a message with buttons. */
import * as l10n from '@vscode/l10n';
import { commands, window, workspace } from 'vscode';
import type { Bridge } from './bridge.js';
import { GivenUp } from './commands/ask.js';
import { askTrust } from './commands/ask-trust.js';
import { type Problem, problemOf, type Remedy } from './problem.js';
import { complain } from './shown/messages.js';

/** The command of a button, with its arguments. */
interface Button {
  readonly title: string;
  run(): Thenable<unknown>;
}

/** Shows what went wrong, and runs the command of the pressed button. */
export async function showProblem({ log }: Pick<Bridge, 'log'>, error: unknown): Promise<void> {
  const problem = problemOf(error);
  log.error(`${problem.code}: ${problem.message}`, problem.data);
  if (problem.cause instanceof Error) log.debug(problem.cause.stack ?? problem.cause.message);
  const buttons = problem.remedies.map((remedy) => button(remedy, problem));
  const pressed = await complain(problem.message, ...buttons.map(({ title }) => title));
  await buttons.find(({ title }) => title === pressed)?.run();
}

function button(remedy: Remedy, problem: Problem): Button {
  switch (remedy) {
    case 'start':
      return { title: l10n.t('Start the Daemon'), run: () => commands.executeCommand('cosmos.daemon.start') };
    case 'retry':
      return { title: l10n.t('Try Again'), run: () => commands.executeCommand('cosmos.daemon.retry') };
    case 'install':
      return { title: l10n.t('Set Up...'), run: () => commands.executeCommand('cosmos.daemon.install') };
    case 'settings':
      return { title: l10n.t('Open Settings'), run: () => commands.executeCommand('cosmos.daemon.settings') };
    case 'token':
      return { title: l10n.t('Enter the Token...'), run: () => commands.executeCommand('cosmos.daemon.setToken') };
    case 'update':
      return { title: l10n.t('Check for Updates'), run: () => commands.executeCommand('cosmos.daemon.update') };
    case 'trust':
      return { title: l10n.t('Trust...'), run: trusted };
    case 'log':
      return { title: l10n.t('Show the Log'), run: () => showLog(problem) };
  }
}

/** A closed question is no error. */
async function trusted(): Promise<void> {
  try {
    await askTrust();
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
  }
}

/** The daemon's own log, if the problem names it. */
function showLog({ data }: Problem): Thenable<unknown> {
  if (typeof data.log !== 'string') return commands.executeCommand('cosmos.daemon.showLog');
  return workspace.openTextDocument(data.log).then((document) => window.showTextDocument(document));
}
