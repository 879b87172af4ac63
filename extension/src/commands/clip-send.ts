import { commands } from 'vscode';
import type { Handler } from './register.js';
import { sendOptions } from './send-options.js';
import { sendTargets } from './send-targets.js';

/** Makes jobs of clips or specs. Asks only for what is not known, and before anything that costs money. */
export const clipSend: Handler = async (bridge, ...args) => {
  const targets = await sendTargets(bridge, args);
  const options = await sendOptions(bridge, targets);
  const { jobs } = await bridge.link.call('job.submit', { targets, options });
  await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
};
