/** One sentence about what is sent: model, host, weights and source of the prompt. Pure. */
import * as l10n from '@vscode/l10n';
import type { JobOptions } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Clip, Host, Plan } from '../../../schemas/received.js';
import { ableHosts, fittingPlace, fittingWeights } from './send-fit.js';
import { nameOf, type Wish } from './send-wish.js';

/** Number of hosts that are named; beyond it, only a count is shown. */
const NAMED = 3;

/**
 * "street goes to Preview on local, edge 0.4, with its last prompt."
 * @param isGiven the prompt was typed just now, which nobody needs to be told.
 */
export function sentWords(wishes: readonly Wish[], hosts: readonly Host[], isGiven: (wish: Wish) => boolean): string {
  const [first] = wishes;
  if (first === undefined) return '';
  const notes = [...new Set(wishes.flatMap((wish) => [...wish.notes, waitWords(wish, hosts)]))].filter(Boolean);
  const sentence = wishes.length === 1 ? one(first, hosts, isGiven(first)) : many(wishes, hosts, wishes.every(isGiven));
  return [sentence, ...notes].join(' ');
}

function one({ target, options, plan }: Wish, hosts: readonly Host[], isGiven: boolean): string {
  const parts = [
    l10n.t('{0} goes to {1}', nameOf(target), placeWords(plan ?? options, hosts)),
    ...choiceWords(options),
    isGiven || plan === undefined ? '' : promptWords(plan.promptSource),
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

/** Several clips: their prompts are not named, because they differ. */
function many(wishes: readonly Wish[], hosts: readonly Host[], isGiven: boolean): string {
  const places = [...new Set(wishes.map(({ plan, options }) => placeWords(plan ?? options, hosts)))];
  const sentence = l10n.t('{0} clips go to {1}', wishes.length, places.join(l10n.t(' and ')));
  return isGiven ? `${sentence}.` : l10n.t('{0}, each with its own prompt.', sentence);
}

type Where = Pick<Plan, 'engine' | 'host'> | Pick<JobOptions, 'engine' | 'host'>;

/** "Preview on local". */
function placeWords({ engine, host }: Where, hosts: readonly Host[]): string {
  if (engine === undefined) return '';
  const able = ableHosts(hosts, engine).map(({ id }) => id);
  const [only] = able;
  const model = modelTitle(engine);
  if (host != null) return l10n.t('{0} on {1}', model, host);
  if (only === undefined) return model;
  if (able.length === 1) return l10n.t('{0} on {1}', model, only);
  if (able.length > NAMED) return l10n.t('{0} on whichever of {1} hosts is free first', model, able.length);
  return l10n.t('{0} on {1}, whichever is free first', model, able.join(l10n.t(' or ')));
}

/** "edge 0.4", "depth off", "preset night", "seed 7". */
function choiceWords({ weights = {}, preset, seed, set }: JobOptions): string[] {
  const fields = Object.entries(set ?? {}).map(([field, value]) => `${field} ${valueWords(value)}`);
  return [
    ...Object.entries(weights).map(([hint, weight]) => `${hint} ${weight}`),
    preset === undefined ? '' : l10n.t('preset {0}', preset),
    seed === undefined ? '' : l10n.t('seed {0}', seed),
    ...fields,
  ].filter((part) => part !== '');
}

/** Most values are numbers. A text is cut to the width of a row. */
function valueWords(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

function promptWords(source: string): string {
  switch (source) {
    case 'submit':
      return l10n.t('with its last prompt');
    case 'spec':
      return l10n.t('with the prompt of its spec');
    case 'manifest':
      return l10n.t('with the prompt of its scene');
    case 'prompt.txt':
      return l10n.t('with the prompt in prompt.txt');
    case 'preset':
      return l10n.t('with the prompt of the preset');
    case 'template':
      return l10n.t('with a template for a prompt');
    default:
      return ''; // a newer daemon sent a value that this version does not know
  }
}

/** A host that cannot be reached says so here. Its jobs stay on it. */
function waitWords({ plan }: Wish, hosts: readonly Host[]): string {
  const host = hosts.find(({ id, state }) => id === plan?.host && state === 'unreachable');
  return host === undefined ? '' : l10n.t('{0} cannot be reached at the moment: the job waits for it.', host.id);
}

/** For the row of a clip: what its send button would do. Empty if the user would be asked. */
export function planeWords(clip: Pick<Clip, 'passes'>, options: JobOptions, hosts: readonly Host[]): string {
  const { engine, host } = fittingPlace(options, hosts);
  if (engine === undefined || host === undefined) return '';
  const { weights } = fittingWeights(options.weights ?? {}, engine, clip);
  const { weights: _kept, ...others } = options;
  const prompt = options.prompt === undefined ? '' : l10n.t('with its last prompt');
  const parts = [
    placeWords({ engine, host }, hosts),
    ...choiceWords({ ...others, ...(weights && { weights }) }),
    prompt,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
