/** With what a clip is sent: model, host and prompt, as far as they are a question at all. */
import * as l10n from '@vscode/l10n';
import type { EngineName, Host, JobOptions, Plan } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import type { Choice } from '../shown/questions.js';
import { hostDescription } from '../views/hosts/host-text.js';
import { askChoice, askText, confirm } from './ask.js';
import { sendQuestion } from './send-question.js';

/** @throws GivenUp, or Problem with what job.plan found wrong. */
export async function sendOptions(bridge: Bridge, targets: readonly string[]): Promise<JobOptions> {
  const hosts = [...bridge.store.hosts.values()].filter(({ draining }) => draining === null);
  const engine = await chooseEngine(hosts);
  const able = hosts.filter(({ engines }) => engines.includes(engine));
  const host = await chooseHost(able);
  const { options, plans } = await withPrompt(bridge, targets, { engine, ...(host !== null && { host }) });
  const price = Math.max(0, ...able.filter(({ id }) => host === null || id === host).map((one) => one.pricePerHour));
  if (price > 0) {
    const { message, details } = sendQuestion(plans, price);
    await confirm(message, details, l10n.t('Send'));
  }
  return options;
}

/** No question where only one model can run. */
async function chooseEngine(hosts: readonly Host[]): Promise<EngineName> {
  const engines = [...new Set(hosts.flatMap((host) => host.engines))];
  const [only] = engines;
  if (only === undefined) throw new Problem('no_host', l10n.t('No host can run anything. Add a host.'));
  if (engines.length === 1) return only;
  const choices = engines.map((engine): Choice<EngineName> => {
    const able = hosts.filter((host) => host.engines.includes(engine));
    return { label: modelTitle(engine), description: able.map(({ id }) => id).join(', '), value: engine };
  });
  return askChoice(l10n.t('Send: which model?'), choices);
}

/** null = whichever is free first. */
async function chooseHost(able: readonly Host[]): Promise<string | null> {
  if (able.length < 2) return null;
  const any: Choice<string | null> = {
    label: l10n.t('Any host'),
    description: l10n.t('whichever is free'),
    value: null,
  };
  const choices = able.map((host) => ({ label: host.id, description: hostDescription(host), value: host.id }));
  return askChoice(l10n.t('Send: on which host?'), [any, ...choices]);
}

interface Planned {
  readonly options: JobOptions;
  readonly plans: readonly Plan[];
}

/** Asks for a prompt when nothing gives one, or only a template does, which would be held. */
async function withPrompt({ link }: Bridge, targets: readonly string[], options: JobOptions): Promise<Planned> {
  const plan = async (wish: JobOptions) => {
    const { plans } = await link.call('job.plan', { targets: [...targets], options: wish });
    return { options: wish, plans };
  };
  let proposal = '';
  try {
    const planned = await plan(options);
    const held = planned.plans.find(({ wouldHold }) => wouldHold !== null);
    if (held === undefined) return planned;
    proposal = held.prompt;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'no_prompt') throw error;
  }
  const prompt = await askText({
    title: l10n.t('Send: prompt'),
    prompt: l10n.t('What the video shows, in a few sentences.'),
    value: proposal,
    validateInput: (text) => (text.trim() === '' ? l10n.t('The model needs a prompt.') : undefined),
  });
  return plan({ ...options, prompt });
}
