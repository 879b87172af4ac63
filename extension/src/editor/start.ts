/** With what the form of a clip begins: the choices of the last send, as far as this clip can take them. Pure. */
import * as l10n from '@vscode/l10n';
import type { Clip, HintKey, JobOptions } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { passOf } from '../../../schemas/spec/dialect.js';
import { ENGINE_CONTROLS } from '../../../schemas/spec/engine-controls.js';
import { canRun, type HostFacts, type Presets } from './choices.js';
import { without } from './draft.js';

export interface Start {
  readonly options: JobOptions;
  /** Sentences: what was left out, and why. */
  readonly dropped: readonly string[];
}

export interface Surroundings {
  readonly hosts: readonly HostFacts[];
  /** null = not known: none is ruled out. */
  readonly presets: Presets | null;
}

/** What the form shows; a wish that nobody sees is not sent along. */
const SHOWN = ['engine', 'host', 'preset', 'prompt', 'weights', 'seed', 'set'] as const;
const SHOWN_FIELDS = ['negative_prompt', 'num_steps', 'guidance', 'control_guidance'];

type ClipFacts = Pick<Clip, 'passes' | 'manifest' | 'specFile'>;

export function startOptions(clip: ClipFacts, choices: JobOptions, around: Surroundings): Start {
  const steps = [visible, fittingSpec, fittingPreset, fittingEngine, fittingHost, fittingWeights];
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

/** A spec that a person wrote beside the clip says these for this clip; the last send was perhaps of another. */
const fittingSpec: Step = (options, { specFile }) => {
  const had = (['preset', 'weights', 'seed', 'set'] as const).filter((key) => options[key] !== undefined);
  if (specFile === null || had.length === 0) return { options, dropped: [] };
  const words = l10n.t('The spec beside the clip gives weights, seed and steps; those of the last send are left out.');
  return { options: without(options, ...had), dropped: [words] };
};

const fittingPreset: Step = (options, { manifest }, { presets }) => {
  const { preset } = options;
  if (preset === undefined) return { options, dropped: [] };
  const wanted = manifest?.wanted?.preset;
  if (wanted !== undefined && wanted !== preset) {
    const words = l10n.t('The scene asks for the preset {0}; {1} of the last send is left out.', wanted, preset);
    return { options: without(options, 'preset'), dropped: [words] };
  }
  if (presets === null || Object.hasOwn(presets, preset)) return { options, dropped: [] };
  const words = l10n.t('There is no preset {0} any more: it is left out.', preset);
  return { options: without(options, 'preset'), dropped: [words] };
};

const fittingEngine: Step = (options, _clip, { hosts }) => {
  const { engine } = options;
  if (engine === undefined || hosts.length === 0 || canRun(hosts, engine)) return { options, dropped: [] };
  const words = l10n.t('No host here can run {0} now: the last model is left out.', modelTitle(engine));
  return { options: without(options, 'engine'), dropped: [words] };
};

const fittingHost: Step = (options, _clip, { hosts }) => {
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
        : l10n.t('{0} cannot run {1}: any host that can is taken.', host, modelTitle(engine ?? 'preview'));
  return { options: without(options, 'host'), dropped: [words] };
};

/** Of a pass that the clip lacks and the model does not compute; and what the scene itself gives a weight. */
const fittingWeights: Step = (options, { passes, manifest }) => {
  const given = Object.entries(options.weights ?? {}) as [HintKey, number | 'off'][];
  const computes: readonly HintKey[] = ENGINE_CONTROLS[options.engine ?? 'preview'].computes;
  const asked = given.filter(([hint]) => manifest?.wanted?.weights?.[passOf(hint)] !== undefined).map(([hint]) => hint);
  const lacking = given
    .filter(([hint, weight]) => weight !== 'off' && !passes.includes(passOf(hint)) && !computes.includes(hint))
    .map(([hint]) => hint);
  const left = given.filter(([hint]) => !asked.includes(hint) && !lacking.includes(hint));
  return {
    options: {
      ...without(options, 'weights'),
      ...(left.length > 0 && { weights: Object.fromEntries(left) }),
    },
    dropped: [
      ...(asked.length === 0
        ? []
        : [l10n.t('The scene gives weights of its own ({0}); those of the last send are left out.', asked.join(', '))]),
      ...(lacking.length === 0
        ? []
        : [
            l10n.t(
              'The clip has no {0}, and {1} does not compute it: its weight of the last send is left out.',
              lacking.join(', '),
              modelTitle(options.engine ?? 'preview'),
            ),
          ]),
    ],
  };
};

/** Where a clip may say itself what the video is to show. */
export function hasOwnPrompt({ specFile, promptFile, manifest }: Pick<Clip, 'specFile' | 'promptFile' | 'manifest'>) {
  return specFile !== null || promptFile !== null || manifest?.wanted?.prompt !== undefined;
}

/**
 * What the scene says goes before what was only remembered; what a person has written or confirmed here stays.
 * @param remembered prompt of the last send that nobody has confirmed.
 * @param own that of the scene; null = it has none; undefined = nobody can tell now.
 */
export function giveWay(
  options: JobOptions,
  remembered: string | undefined,
  own: object | null | undefined,
): JobOptions {
  const isUnseen = options.prompt !== undefined && options.prompt === remembered;
  return isUnseen && own !== null ? without(options, 'prompt') : options;
}
