/** The actions of the buttons below a form. */
import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';
import type { Preset } from '../../../schemas/index.js';
import type { Job, Plan } from '../../../schemas/received.js';
import { askText, confirm } from '../commands/ask.js';
import type { Link } from '../link.js';
import { problemOf } from '../problem.js';
import { tell } from '../shown/messages.js';
import { moment } from '../views/moment.js';
import { jobTitle } from '../views/output-title.js';
import type { Action } from './form.js';
import { questionFor } from './send-words.js';

type Caller = Pick<Link, 'call'>;

/**
 * Asks before money is spent, and before a template is sent as a prompt.
 * @returns the template that the user confirmed as the prompt; null = there was none to confirm.
 * @throws GivenUp
 */
export async function askFirst(plan: Plan, pricePerHour: number): Promise<string | null> {
  const question = questionFor(plan, pricePerHour);
  if (question === null) return null;
  await confirm(question.message, question.details, question.yes);
  return plan.promptSource === 'template' ? plan.prompt : null;
}

/** Asks for a name. Asks again before an existing preset is replaced. @throws GivenUp, Problem */
export async function savePreset(link: Caller, values: Preset): Promise<void> {
  const name = await askText({
    title: l10n.t('Save as preset: name'),
    prompt: l10n.t('Model, weights, steps and what else you chose here, for other clips too.'),
    validateInput: (text) => (text.trim() === '' ? l10n.t('A preset needs a name.') : undefined),
  });
  const { presets } = await link.call('preset.list', {});
  let replace = presets.some((preset) => preset.name === name);
  if (replace) await confirmReplace(name);
  for (;;) {
    try {
      const { file, replaced } = await link.call('preset.save', { name, values, replace });
      const words = replaced
        ? l10n.t('The preset {0} is replaced in {1}.', name, file)
        : l10n.t('Saved as {0} in {1}.', name, file);
      void tell(words);
      return;
    } catch (error) {
      if (replace || problemOf(error).code !== 'wrong_state') throw error; // wrong_state = the name was taken meanwhile
      await confirmReplace(name);
      replace = true;
    }
  }
}

function confirmReplace(name: string): Promise<void> {
  const details = [l10n.t('It has what this form shows then, and nothing of what it had.')];
  return confirm(l10n.t('Replace the preset {0}?', name), details, l10n.t('Replace'));
}

/** The message after a job was sent from a form. */
export async function showJob(
  action: Extract<Action, 'openLog' | 'openResult' | 'reveal'>,
  job: string,
): Promise<void> {
  const command = { openLog: 'cosmos.log.open', openResult: 'cosmos.result.open', reveal: 'cosmos.job.reveal' }[action];
  await commands.executeCommand(command, job);
}

/**
 * The name of a job with its time, "street_2 (14:02)", because several jobs of one clip have the same name until there
 * is a video.
 */
export function jobLabel(job: Job, now: number): string {
  return l10n.t('{0} ({1})', jobTitle(job), moment(job.createdAt, now));
}
