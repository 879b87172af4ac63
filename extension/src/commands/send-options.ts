/** The options that clips are sent with: the last choices where they can be used. For the rest, the user is asked. */
import * as l10n from '@vscode/l10n';
import type { EngineName } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Host } from '../../../schemas/received.js';
import { givenBack } from '../../../schemas/unknown-name.js';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import type { PickItem } from '../shown/questions.js';
import { hostDescription } from '../views/hosts/host-text.js';
import { askChoice, askText, confirm } from './ask.js';
import { ableHosts, dearest, fittingPlace } from './send-fit.js';
import { sendQuestion } from './send-question.js';
import type { Target } from './send-targets.js';
import { type Destination, nameOf, needsPrompt, type Wish, wishOf, withPrompt } from './send-wish.js';

export interface Sending {
  readonly wishes: readonly Wish[];
  /** The user's answers, to be stored once the clips are sent. */
  readonly asked: { readonly destination: Destination | undefined; readonly prompts: ReadonlyMap<Target, string> };
}

/** @throws GivenUp, or Problem with what job.plan found wrong. */
export async function sendOptions(bridge: Bridge, targets: readonly Target[]): Promise<Sending> {
  const { destination, isAnswer } = await chooseDestination(bridge);
  const planned = await Promise.all(targets.map((target) => wishOf(bridge, target, destination)));
  const prompts = await askPrompts(planned.filter(needsPrompt));
  const wishes = await Promise.all(planned.map((wish) => answered(bridge, wish, prompts.get(wish.target))));
  await confirmPrice([...bridge.store.hosts.values()], wishes);
  return { wishes, asked: { destination: isAnswer ? destination : undefined, prompts } };
}

interface ChosenPlace {
  readonly destination: Destination;
  /**
   * The user chose it just now. If there was only one possibility, it is not stored, so the user is asked when there is
   * a second one.
   */
  readonly isAnswer: boolean;
}

async function chooseDestination({ store, choices }: Bridge): Promise<ChosenPlace> {
  const hosts = [...store.hosts.values()];
  const { lost, ...fitting } = fittingPlace(choices.last, hosts);
  const engine = fitting.engine ?? (await chooseEngine(hosts, lost));
  if (fitting.host !== undefined) return { destination: { engine, host: fitting.host ?? undefined }, isAnswer: false };
  const able = ableHosts(hosts, engine);
  const host = await chooseHost(able, fitting.engine === undefined ? '' : lost);
  return { destination: { engine, host }, isAnswer: lost !== '' || able.length > 1 || models(hosts).length > 1 };
}

function models(hosts: readonly Host[]): EngineName[] {
  const engines = new Set(hosts.flatMap(({ draining, engines }) => (draining === null ? engines : [])));
  return givenBack<EngineName[]>([...engines]);
}

/** Asks nothing if only one model can run, unless another one was chosen last. */
async function chooseEngine(hosts: readonly Host[], lost: string): Promise<EngineName> {
  const engines = models(hosts);
  const [only] = engines;
  if (only === undefined) throw new Problem('no_host', l10n.t('No host can run anything. Add a host.'));
  if (engines.length === 1 && lost === '') return only;
  const choices = engines.map((engine): PickItem<EngineName> => {
    const able = ableHosts(hosts, engine);
    return { label: modelTitle(engine), description: able.map(({ id }) => id).join(', '), value: engine };
  });
  return askChoice(l10n.t('Send: which model?'), choices, lost);
}

/**
 * undefined = the host that is free first. Asks nothing if there is only one host, unless another one was chosen last.
 */
async function chooseHost(able: readonly Host[], lost: string): Promise<string | undefined> {
  if (able.length < 2 && lost === '') return undefined;
  const any: PickItem<string | undefined> = {
    label: l10n.t('Any host'),
    description: l10n.t('whichever is free'),
    value: undefined,
  };
  const each = able.map((host) => ({ label: host.id, description: hostDescription(host), value: host.id }));
  return askChoice(l10n.t('Send: on which host?'), able.length < 2 ? each : [any, ...each], lost);
}

/** Asks once for all clips that have no prompt. */
async function askPrompts(lacking: readonly Wish[]): Promise<ReadonlyMap<Target, string>> {
  const [first] = lacking;
  if (first === undefined) return new Map();
  const names = lacking.map(({ target }) => nameOf(target)).join(', ');
  const prompt = await askText({
    title:
      lacking.length === 1 ? l10n.t('Send {0}: prompt', names) : l10n.t('Send: prompt of {0} clips', lacking.length),
    prompt:
      lacking.length === 1
        ? l10n.t('What the video shows, in a few sentences. It is kept for this clip.')
        : l10n.t('What the videos show, in a few sentences. It is kept for each of them: {0}.', names),
    value: first.plan?.prompt ?? '',
    validateInput: (text) => (text.trim() === '' ? l10n.t('The model needs a prompt.') : undefined),
  });
  return new Map(lacking.map(({ target }) => [target, prompt]));
}

async function answered(bridge: Bridge, wish: Wish, prompt: string | undefined): Promise<Wish> {
  return prompt === undefined ? wish : withPrompt(bridge, wish, prompt);
}

/** Asks before money is spent, whatever was chosen last; once for all clips. */
async function confirmPrice(hosts: readonly Host[], wishes: readonly Wish[]): Promise<void> {
  const plans = wishes.flatMap(({ plan }) => plan ?? []);
  const price = Math.max(0, ...plans.map(({ engine, host }) => dearest(hosts, engine, host)));
  if (price === 0) return;
  const { message, details } = sendQuestion(plans, price);
  const notes = wishes.flatMap((wish) => wish.notes);
  await confirm(message, [...notes, ...details], l10n.t('Send'));
}
