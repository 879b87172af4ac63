/**
 * Ticks steps of the walkthrough by what is true, from wherever it was done.
 *
 * The manifest names the same keys as `onContext:` events. VS Code hears of these only from the moment when somebody
 * first opens a walkthrough, and what is true by then it never ticks (seen in 1.139: registerDoneListeners notes it as an
 * event of this session, and progressByEvent leaves out what it has noted). So it is told of each by its own command.
 */
import { commands } from 'vscode';
import { STEPS, WALKTHROUGH } from './walkthrough-steps.js';

/** Sets a context key; one that a step waits for ticks it as well. */
export function setContext(key: string, value: string | boolean): void {
  void commands.executeCommand('setContext', key, value);
  const step = STEPS[key];
  if (step === undefined || value !== true) return;
  const tick = commands.executeCommand('welcome.markStepComplete', `${WALKTHROUGH}#${step}`);
  tick.then(undefined, () => {}); // a VS Code that has no such command still has the events of the manifest
}
