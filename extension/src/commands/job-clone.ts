/** Makes a variation of a job in its form, or of several jobs by a new seed. */
import * as l10n from '@vscode/l10n';
import { commands } from 'vscode';
import type { JobOptions } from '../../../schemas/index.js';
import { Problem } from '../problem.js';
import { idsOf } from './arguments.js';
import { askText } from './ask.js';
import type { Handler } from './register.js';

/**
 * A single job opens in its form, where the user sees its prompt and weights. Of several jobs only the seed is changed.
 */
export const jobClone: Handler = async ({ link }, ...args) => {
  const ids = idsOf('job', args); // also ids of results, whose jobs may not be loaded yet
  const [only] = ids;
  if (only === undefined) throw new Problem('not_found', l10n.t('Select a {0} first.', 'job'));
  if (ids.length === 1) {
    await commands.executeCommand('cosmos.job.vary', only);
    return;
  }
  const { jobs } = await link.call('job.clone', { ids, options: await askSeed(ids.length) });
  await commands.executeCommand('cosmos.job.reveal', jobs[0]?.id);
};

/** @throws GivenUp */
async function askSeed(variations: number): Promise<JobOptions> {
  const seed = await askText({
    title: l10n.t('Seed of the {0} variations', variations),
    prompt: l10n.t('Empty keeps the seed.'),
    validateInput: (text) => (/^\d{0,9}$/.test(text.trim()) ? undefined : l10n.t('A whole number from 0 on, please.')),
  });
  return seed === '' ? {} : { seed: Number(seed) };
}
