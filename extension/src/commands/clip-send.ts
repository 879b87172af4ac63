/** Sends clips or specs: makes jobs of them with the last choices. */
import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { commands, workspace } from 'vscode';
import type { JobOptions } from '../../../schemas/index.js';
import type { Job } from '../../../schemas/received.js';
import type { Bridge } from '../bridge.js';
import { Problem, problemOf } from '../problem.js';
import { showProblem } from '../show-problem.js';
import { tell } from '../shown/messages.js';
import { flash } from '../shown/surfaces.js';
import type { Handler } from './register.js';
import { type Sending, sendOptions } from './send-options.js';
import { sendTargets } from './send-targets.js';
import type { Wish } from './send-wish.js';
import { sentWords } from './send-words.js';

/**
 * Makes jobs from clips or specs with the choices that were made last. It asks only for what is missing, and before
 * anything that costs money. Afterwards it says what was sent with which choices.
 */
export const clipSend: Handler = async (bridge, ...args) => {
  const targets = await sendTargets(bridge, args);
  const sending = await sendOptions(bridge, targets);
  const jobs = await submit(bridge, sending.wishes);
  await keep(bridge, sending);
  await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
  void tellSent(bridge, sending, jobs).catch((error) => showProblem(bridge, error));
};

/** Clips with the same options are submitted in one call. All of them were planned before, so a refusal is unlikely. */
async function submit({ link }: Bridge, wishes: readonly Wish[]): Promise<Job[]> {
  const alike = new Map<string, { readonly options: JobOptions; readonly targets: string[] }>();
  for (const { target, options } of wishes) {
    const key = JSON.stringify(options);
    const group = alike.get(key) ?? { options, targets: [] };
    group.targets.push(target.id);
    alike.set(key, group);
  }
  const sent: Job[] = [];
  for (const wish of alike.values()) {
    try {
      const { jobs } = await link.call('job.submit', { ...wish, idempotencyKey: randomUUID() });
      sent.push(...jobs);
    } catch (error) {
      if (sent.length === 0) throw error;
      const { code, message, remedies, data } = problemOf(error);
      const words = l10n.t('{0} of {1} were sent, the others were not. {2}', sent.length, wishes.length, message);
      throw new Problem(code, words, remedies, data);
    }
  }
  return sent;
}

/** Keeps the answers, so that the same question is not asked again. */
async function keep({ choices }: Bridge, { asked }: Sending): Promise<void> {
  if (asked.destination !== undefined) await choices.rememberDestination(asked.destination);
  for (const [{ clip }, prompt] of asked.prompts) if (clip !== null) await choices.rememberPrompt(clip, prompt);
}

/** Uses the status bar if the user has switched notifications off. */
async function tellSent({ store }: Bridge, { wishes, asked }: Sending, jobs: readonly Job[]): Promise<void> {
  const words = sentWords(wishes, [...store.hosts.values()], ({ target }) => asked.prompts.has(target));
  if (workspace.getConfiguration('cosmos').get('notifications') === 'off') {
    flash(words);
    return;
  }
  const [open, cancel] = [l10n.t('Open'), l10n.t('Cancel')];
  const ids = jobs.map(({ id }) => id);
  const [only] = ids;
  const pressed = await tell(words, ...(ids.length === 1 ? [open, cancel] : [cancel]));
  if (pressed === open) await commands.executeCommand('cosmos.job.edit', only);
  if (pressed === cancel) await commands.executeCommand('cosmos.job.cancel', only, ids);
}
