/**
 * The options that the form of a clip starts with: the choices of the last send, as far as this clip and these hosts
 * allow them. That the clip's own choices come first is decided in send-choices.ts. Pure.
 */
import * as l10n from '@vscode/l10n';
import type { JobOptions } from '../../../schemas/index.js';
import { FREE_MODEL, modelTitle } from '../../../schemas/model-title.js';
import type { Clip } from '../../../schemas/received.js';
import { fittingWeights } from '../commands/send-fit.js';
import { canRun, type HostFacts, type Presets } from './choices.js';
import { without } from './draft.js';

export interface Start {
  readonly options: JobOptions;
  /** Sentences that say what was left out, and why. */
  readonly dropped: readonly string[];
}

export interface Surroundings {
  readonly hosts: readonly HostFacts[];
  /** null = not known, so all are allowed. */
  readonly presets: Presets | null;
}

/** Only options that the form shows, so that nothing is sent unseen. */
const SHOWN = ['engine', 'host', 'preset', 'prompt', 'weights', 'seed', 'set'] as const;
const SHOWN_FIELDS = ['negative_prompt', 'num_steps', 'guidance', 'control_guidance'];

type ClipFacts = Pick<Clip, 'passes'>;

export function startOptions(clip: ClipFacts, choices: JobOptions, around: Surroundings): Start {
  const steps = [visible, knownPreset, runnableEngine, takingHost, fitting];
  return steps.reduce<Start>(
    ({ options, dropped }, step) => {
      const next = step(options, clip, around);
      return { options: next.options, dropped: [...dropped, ...next.dropped] };
    },
    { options: choices, dropped: [] },
  );
}

type Step = (options: JobOptions, clip: ClipFacts, around: Surroundings) => Start;

const visible: Step = (options) => {
  const hidden = (Object.keys(options) as (keyof JobOptions)[]).filter((key) => !SHOWN.some((one) => one === key));
  const fields = Object.keys(options.set ?? {}).filter((field) => !SHOWN_FIELDS.includes(field));
  const set = Object.entries(options.set ?? {}).filter(([field]) => !fields.includes(field));
  const names = [...hidden, ...fields];
  const shown = {
    ...without(options, ...hidden, 'set'),
    ...(set.length > 0 && { set: Object.fromEntries(set) }),
  };
  if (names.length === 0) return { options: shown, dropped: [] };
  const words = l10n.t('Of the last send, {0} is left out: this form does not show it.', names.join(', '));
  return { options: shown, dropped: [words] };
};

const knownPreset: Step = (options, _clip, { presets }) => {
  const { preset } = options;
  if (preset === undefined) return { options, dropped: [] };
  if (presets === null || Object.hasOwn(presets, preset)) return { options, dropped: [] };
  const words = l10n.t('There is no preset {0} any more: it is left out.', preset);
  return { options: without(options, 'preset'), dropped: [words] };
};

const runnableEngine: Step = (options, _clip, { hosts }) => {
  const { engine } = options;
  if (engine === undefined || hosts.length === 0 || canRun(hosts, engine)) return { options, dropped: [] };
  const words = l10n.t('No host here can run {0} now: the last model is left out.', modelTitle(engine));
  return { options: without(options, 'engine'), dropped: [words] };
};

const takingHost: Step = (options, _clip, { hosts }) => {
  const { host, engine } = options;
  if (host === undefined || hosts.length === 0) return { options, dropped: [] };
  const found = hosts.find(({ id }) => id === host);
  const fits = found !== undefined && (engine === undefined || found.engines.includes(engine));
  if (fits && found.draining === null) return { options, dropped: [] };
  const words =
    found === undefined
      ? l10n.t('There is no host {0} any more: any host that can is taken.', host)
      : found.draining !== null
        ? l10n.t('{0} takes no jobs now: any host that can is taken.', host)
        : l10n.t('{0} cannot run {1}: any host that can is taken.', host, modelTitle(engine ?? FREE_MODEL));
  return { options: without(options, 'host'), dropped: [words] };
};

const fitting: Step = (options, clip) => {
  if (options.weights === undefined) return { options, dropped: [] };
  const engine = options.engine ?? FREE_MODEL;
  const { weights, lost } = fittingWeights(options.weights, engine, clip);
  const words = l10n.t(
    'The clip has no {0}, and {1} does not compute it: its weight of the last send is left out.',
    lost.join(', '),
    modelTitle(engine),
  );
  const left = { ...without(options, 'weights'), ...(weights !== undefined && { weights }) };
  return { options: left, dropped: lost.length === 0 ? [] : [words] };
};

/** Where a clip may have its own prompt. */
export function hasOwnPrompt({ specFile, promptFile, manifest }: Pick<Clip, 'specFile' | 'promptFile' | 'manifest'>) {
  return specFile !== null || promptFile !== null || manifest?.wanted?.prompt !== undefined;
}

/**
 * A new prompt of the scene replaces a stored one. A prompt that the user typed here stays.
 * @param remembered prompt of the last send, as the form took it.
 * @param hasNewPrompt the scene has another prompt than at the last send.
 */
export function giveWay(options: JobOptions, remembered: string | undefined, hasNewPrompt: boolean): JobOptions {
  const isUnseen = options.prompt !== undefined && options.prompt === remembered;
  return isUnseen && hasNewPrompt ? without(options, 'prompt') : options;
}
