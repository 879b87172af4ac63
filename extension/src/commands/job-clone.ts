import * as l10n from '@vscode/l10n';
import { commands, window } from 'vscode';
import type { Job, JobOptions } from '../../../schemas/index.js';
import { jobsOf } from './arguments.js';
import type { Handler } from './register.js';

/** Makes jobs like these with another seed or prompt. */
export const jobClone: Handler = async ({ link, store }, ...args) => {
  const originals = jobsOf(store, args);
  const options = await askOptions(originals);
  if (options === undefined) return;
  const { jobs } = await link.call('job.clone', { ids: originals.map(({ id }) => id), options });
  await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
};

/** Undefined = given up. */
async function askOptions(originals: readonly Job[]): Promise<JobOptions | undefined> {
  const [only] = originals;
  const options: JobOptions = {};
  if (only !== undefined && originals.length === 1) {
    const title = l10n.t('Variation of {0}: prompt (1/2)', only.name);
    const prompt = await window.showInputBox({ title, value: only.settings.prompt, ignoreFocusOut: true });
    if (prompt === undefined) return undefined;
    if (prompt !== '' && prompt !== only.settings.prompt) options.prompt = prompt;
  }
  const seed = await window.showInputBox({
    title:
      originals.length === 1 ? l10n.t('Variation: seed (2/2)') : l10n.t('Seed of the {0} variations', originals.length),
    prompt: l10n.t('Empty keeps the seed.'),
    ignoreFocusOut: true,
    validateInput: (text) => (/^\d{0,9}$/.test(text.trim()) ? undefined : l10n.t('A whole number from 0 on, please.')),
  });
  if (seed === undefined) return undefined;
  return seed.trim() === '' ? options : { ...options, seed: Number(seed) };
}
