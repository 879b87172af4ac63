/**
 * Ticks steps of the walkthrough when they are done, whoever did them and where. package.json names the same context
 * keys as `onContext:` events. But VS Code watches these only after a walkthrough was first opened, and it never ticks
 * what was true before (seen in 1.139: registerDoneListeners records it as an event of this session, and
 * progressByEvent leaves recorded ones out). So each step is also ticked by a command.
 */
import { commands } from 'vscode';
import { STEPS, WALKTHROUGH } from './walkthrough-steps.js';

/** Sets a context key, and ticks the step that waits for it. */
export function setContext(key: string, value: string | boolean): void {
  void commands.executeCommand('setContext', key, value);
  const step = STEPS[key];
  if (step === undefined || value !== true) return;
  const tick = commands.executeCommand('welcome.markStepComplete', `${WALKTHROUGH}#${step}`);
  tick.then(undefined, () => {}); // a VS Code without this command still has the events of package.json
}
