import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';
import type { Job, JobOptions } from '../../../schemas/index.js';
import { jobsOf } from './arguments.js';
import { askText } from './ask.js';
import type { Handler } from './register.js';

/** Makes jobs like these with another seed or prompt. */
export const jobClone: Handler = async ({ link, store }, ...args) => {
  const originals = jobsOf(store, args);
  const options = await askOptions(originals);
  const { jobs } = await link.call('job.clone', { ids: originals.map(({ id }) => id), options });
  await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
};

/** Many jobs have many prompts: only the seed is asked for then. @throws GivenUp */
async function askOptions(originals: readonly Job[]): Promise<JobOptions> {
  const [only] = originals;
  const options: JobOptions = {};
  if (only !== undefined && originals.length === 1) {
    const prompt = await askText({ title: l10n.t('Variation of {0}: prompt', only.name), value: only.settings.prompt });
    if (prompt !== '' && prompt !== only.settings.prompt) options.prompt = prompt;
  }
  const seed = await askText({
    title: originals.length === 1 ? l10n.t('Variation: seed') : l10n.t('Seed of the {0} variations', originals.length),
    prompt: l10n.t('Empty keeps the seed.'),
    validateInput: (text) => (/^\d{0,9}$/.test(text.trim()) ? undefined : l10n.t('A whole number from 0 on, please.')),
  });
  return seed === '' ? options : { ...options, seed: Number(seed) };
}
