/** What one clip or spec is sent with, as the daemon would make it: from what was chosen last and still fits. */
import * as l10n from '@vscode/l10n';
import type { EngineName, HintKey, JobOptions, Plan } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { isDialect } from '../../../schemas/spec/dialect.js';
import type { Bridge } from '../bridge.js';
import { Problem } from '../problem.js';
import type { Current } from '../send-choices.js';
import { fittingWeights } from './send-fit.js';
import type { Target } from './send-targets.js';

/** Where all of a send goes. */
export interface Destination {
  readonly engine: EngineName;
  /** undefined = whichever is free first. */
  readonly host: string | undefined;
}

export interface Wish {
  readonly target: Target;
  readonly options: JobOptions;
  /** undefined = nothing gives a prompt. */
  readonly plan: Plan | undefined;
  /** Sentences: what was chosen last and does not fit. */
  readonly notes: readonly string[];
}

/** @throws Problem with what job.plan found wrong, and no choice that was kept is to blame for. */
export async function wishOf(bridge: Bridge, target: Target, destination: Destination): Promise<Wish> {
  const { options, notes } = await startOf(bridge, target, destination);
  return planned(bridge, { target, options, plan: undefined, notes });
}

/** The same with a prompt that a person gave. @throws Problem */
export function withPrompt(bridge: Bridge, wish: Wish, prompt: string): Promise<Wish> {
  return planned(bridge, { ...wish, options: { ...wish.options, prompt } });
}

/** Whether a person must give a prompt: nothing gives one, or only a template does, which would be held. */
export function needsPrompt({ plan }: Wish): boolean {
  return plan === undefined || plan.wouldHold !== null;
}

type Start = Pick<Wish, 'options' | 'notes'>;

async function startOf({ choices }: Bridge, { clip }: Target, { engine, host }: Destination): Promise<Start> {
  const { project } = choices.last;
  const spec: Current = { options: project === undefined ? {} : { project }, hasNewPrompt: false };
  const { options: kept, hasNewPrompt } = clip === null ? spec : await choices.current(clip);
  const { set, preset, weights, host: _host, ...common } = kept;
  const isSameModel = kept.engine === engine;
  const fitting = clip === null || weights === undefined ? undefined : fittingWeights(weights, engine, clip);
  const notes: string[] = [];
  if (clip !== null && hasNewPrompt) notes.push(l10n.t('{0} brings a new prompt of its own: it is used.', clip.name));
  if (clip !== null && fitting !== undefined && fitting.lost.length > 0) notes.push(lostWords(clip.name, fitting.lost));
  const options: JobOptions = {
    ...common,
    engine,
    ...(host !== undefined && { host }),
    ...(isSameModel && set !== undefined && { set }),
    ...(isSameModel && preset !== undefined && { preset }),
    ...(fitting?.weights !== undefined && { weights: fitting.weights }),
  };
  return { options, notes };
}

function lostWords(name: string, lost: readonly HintKey[]): string {
  return l10n.t('{0} has no {1}: sent without.', name, lost.join(', '));
}

/** Plans it; a choice that was kept and is refused goes, one after the other. */
async function planned(bridge: Bridge, wish: Wish): Promise<Wish> {
  const fewer = (lost: Lost) => planned(bridge, { ...wish, options: lost.options, notes: [...wish.notes, lost.says] });
  try {
    const { plans } = await bridge.link.call('job.plan', { targets: [wish.target.id], options: wish.options });
    const [plan] = plans;
    if (plan === undefined) throw new Error('a target without sweep has one plan');
    const lost = plan.check.ok ? undefined : withoutSettings(wish, plan);
    const other = lost && (await fewer(lost));
    return other?.plan?.check.ok ? other : { ...wish, plan };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'no_prompt' && wish.options.prompt === undefined) return { ...wish, plan: undefined };
    const lost = withoutPreset(wish, error) ?? withoutModel(wish, error);
    if (lost === undefined) throw error;
    if (lost.isForGood) await bridge.choices.forget('preset');
    return fewer(lost);
  }
}

interface Lost {
  readonly options: JobOptions;
  readonly says: string;
  /** Nothing has it any more. */
  readonly isForGood?: boolean;
}

function withoutPreset({ options: { preset, ...options } }: Wish, { code, data }: Problem): Lost | undefined {
  if (preset === undefined || code !== 'not_found' || data.preset !== preset) return undefined;
  return { options, says: l10n.t('There is no preset {0} any more: sent without.', preset), isForGood: true };
}

/** A spec by hand is written for one model. */
function withoutModel({ target, options }: Wish, { code, data }: Problem): Lost | undefined {
  const { engine, host: _host, set: _set, preset: _preset, ...others } = options;
  if (engine === undefined || code !== 'spec_invalid' || data.engine !== engine) return undefined;
  if (!isDialect(data.dialect)) return undefined;
  const [its, last] = [modelTitle(data.dialect), modelTitle(engine)];
  const says = l10n.t('{0} has a spec for {1}, which {2} does not read.', nameOf(target), its, last);
  return { options: { ...others, engine: data.dialect }, says };
}

/** Fields that were set for another clip, or that this version of the daemon does not take. */
function withoutSettings({ target, options: { set, ...options } }: Wish, { check }: Plan): Lost | undefined {
  if (set === undefined) return undefined;
  const why = check.issues.find(({ severity }) => severity === 'error')?.message ?? '';
  const fields = Object.keys(set).join(', ');
  return { options, says: l10n.t('The last settings ({0}) do not fit {1}: {2}', fields, nameOf(target), why) };
}

export function nameOf({ id, clip }: Target): string {
  return clip?.name ?? id.split(/[\\/]/).at(-1) ?? id;
}
